import type {
  CheckedPart,
  FindingWeight,
  RebaseAnswer,
  RebaseCheckName,
  RebaseVerdict,
} from "#lib/model/rebase-answer.ts";
import { formatCounted } from "./bytes.ts";

/** The checks as headings. */
export const CHECK_LABELS: Readonly<Record<RebaseCheckName, string>> = {
  base: "Base and platform",
  types: "Types of paths",
  written: "Written on both sides",
  programs: "Programs and libraries",
  packages: "Package databases",
  users: "Users and groups",
  generated: "Generated files",
  configuration: "Configuration",
  rights: "Rights, signatures and limits",
};

export const WEIGHT_LABELS: Readonly<Record<FindingWeight, string>> = {
  blocks: "Blocks",
  merges: "Merged",
  note: "To know",
};

const VERDICT_SENTENCES: Readonly<Record<RebaseVerdict, string>> = {
  safe: "The layers move as they are.",
  "needs merge": "The layers move with one more on top, which merges what both sides wrote.",
  rebuild: "The image has to be built again: what is below cannot be settled from its bytes.",
};

/** The verdict in one sentence. */
export function verdictSentence(verdict: RebaseVerdict): string {
  return VERDICT_SENTENCES[verdict];
}

/** `2 block, 1 merged, 4 to know, 6 checks passed`. */
export function countFindings({ parts }: Pick<RebaseAnswer, "parts">): string {
  const findings = parts.flatMap(({ findings: each }) => each);
  const count = (weight: FindingWeight) => findings.filter((finding) => finding.weight === weight).length;
  const [blocks, merges, notes] = [count("blocks"), count("merges"), count("note")];
  const unlisted = parts.reduce((sum, part) => sum + (part.unlisted ?? 0), 0);
  return [
    blocks === 0 ? "none blocks" : `${blocks} ${blocks === 1 ? "blocks" : "block"}`,
    `${merges} merged`,
    `${notes} to know`,
    ...(unlisted === 0 ? [] : [`${unlisted} more not listed`]),
    `${formatCounted(parts.filter(hasPassed).length, "check")} passed`,
  ].join(", ");
}

/** A check that found nothing, or only what is good to know. */
export function hasPassed({ findings }: CheckedPart): boolean {
  return findings.every(({ weight }) => weight === "note");
}
