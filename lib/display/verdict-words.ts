import type { CheckedPart, Finding, FindingWeight, RebaseAnswer, RebaseVerdict } from "#lib/model/rebase-answer.ts";
import { formatCounted } from "./bytes.ts";

export const VERDICT_LABELS: Readonly<Record<RebaseVerdict, string>> = {
  safe: "Safe",
  "needs merge": "Needs merge",
  rebuild: "Rebuild",
};

export const VERDICT_DEFINITIONS: Readonly<Record<RebaseVerdict, string>> = {
  safe: "the layers move as they are.",
  "needs merge": "one layer more merges what both sides wrote.",
  rebuild: "at least one finding cannot be settled from bytes; nothing is written unless forced.",
};

/** Why the verdict is what it is, in a sentence or two with the names of the images. */
export function verdictReason({ verdict, parts, merged }: RebaseAnswer, newBase: string): string {
  if (verdict === "safe") return `Everything that the image needs is in ${newBase}, and its layers move as they are.`;
  const blocking = parts.flatMap(({ findings }) => findings.filter(({ weight }) => weight === "blocks"));
  const [first, ...more] = blocking;
  if (first === undefined) {
    const files = `${formatCounted(merged.length, "file")} ${merged.length === 1 ? "has" : "have"}`;
    return `Everything that the image needs is in ${newBase}. ${files} to be merged, and can be.`;
  }
  return more.length === 0
    ? first.message
    : `${first.message} ${formatCounted(more.length, "other finding")} also ${more.length === 1 ? "blocks" : "block"} it.`;
}

/** `none blocks · 1 merged · 4 to know`. */
export function weightCounts(parts: readonly CheckedPart[]): string {
  const count = (wanted: FindingWeight) =>
    parts.reduce((sum, { findings }) => sum + findings.filter(({ weight }) => weight === wanted).length, 0);
  const [blocks, merges, notes] = [count("blocks"), count("merges"), count("note")];
  return [
    blocks === 0 ? "none blocks" : `${formatCounted(blocks, "finding")} ${blocks === 1 ? "blocks" : "block"}`,
    ...(merges === 0 ? [] : [`${merges} merged`]),
    ...(notes === 0 ? [] : [`${notes} to know`]),
  ].join(" · ");
}

const WEIGHTS: readonly FindingWeight[] = ["blocks", "merges", "note"];

/** The heaviest finding of a check; `undefined` without one. */
export function heaviest(findings: readonly Pick<Finding, "weight">[]): FindingWeight | undefined {
  return WEIGHTS.find((each) => findings.some(({ weight }) => weight === each));
}

/** Findings of the same kind and weight together, in their order; what blocks first. */
export function groupFindings(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = [...Map.groupBy(findings, ({ kind, weight }) => `${weight} ${kind}`).values()];
  return groups.sort((a, b) => WEIGHTS.indexOf(a[0]!.weight) - WEIGHTS.indexOf(b[0]!.weight));
}

/** The checks in the order of a page: what needs a decision, what to know, and what found nothing. */
export function sortParts(parts: readonly CheckedPart[]): CheckedPart[] {
  const rank = ({ findings }: CheckedPart) => {
    const weight = heaviest(findings);
    return weight === undefined ? WEIGHTS.length : WEIGHTS.indexOf(weight);
  };
  return parts.toSorted((a, b) => rank(a) - rank(b));
}
