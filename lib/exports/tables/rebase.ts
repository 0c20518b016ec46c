import { CHECK_LABELS, WEIGHT_LABELS } from "#lib/display/rebase-words.ts";
import type {
  CheckedPart,
  Finding,
  RebaseAnswer,
  RebaseCheckName,
  RebasedLayer,
  RebuildDifference,
} from "#lib/model/rebase-answer.ts";
import { type Columns, column } from "../table.ts";

/** A finding with its check. */
export interface ListedFinding extends Finding {
  readonly check: RebaseCheckName;
}

/** The findings of all checks; `before`: those that the image has on its old base, too. */
export function listFindings(
  { parts }: Pick<RebaseAnswer, "parts">,
  which: "findings" | "before" = "findings",
): ListedFinding[] {
  return parts.flatMap((part) => part[which].map((finding) => ({ ...finding, check: part.check })));
}

export const FINDING_COLUMNS = {
  weight: column("Effect", "text", ({ weight }: ListedFinding) => weight, {
    shown: ({ weight }) => WEIGHT_LABELS[weight],
  }),
  check: column("Check", "text", ({ check }: ListedFinding) => check, { shown: ({ check }) => CHECK_LABELS[check] }),
  kind: column("Finding", "text", ({ kind }: ListedFinding) => kind),
  path: column("Path", "path", ({ path }: ListedFinding) => path),
  layer: column("Layer", "count", ({ layer }: ListedFinding) => layer ?? null),
  evidence: column("Evidence", "text", ({ evidence }: ListedFinding) => evidence),
  message: column("Meaning", "text", ({ message }: ListedFinding) => message),
} satisfies Columns<ListedFinding>;

/** What each check looked at. */
export const PART_COLUMNS = {
  check: column("Check", "text", ({ check }: CheckedPart) => check, { shown: ({ check }) => CHECK_LABELS[check] }),
  scope: column("Looked at", "text", ({ scope }: CheckedPart) => scope),
  findings: column("Findings", "count", ({ findings, unlisted = 0 }: CheckedPart) => findings.length + unlisted),
} satisfies Columns<CheckedPart>;

export const REBASED_LAYER_COLUMNS = {
  origin: column("From", "text", ({ origin }: RebasedLayer) => origin),
  diffId: column("DiffID", "digest", ({ diffId }: RebasedLayer) => diffId),
  storedSize: column("Stored", "bytes", ({ storedSize }: RebasedLayer) => storedSize),
  createdBy: column("Step", "text", ({ createdBy }: RebasedLayer) => createdBy),
} satisfies Columns<RebasedLayer>;

/** A difference between a rebased image and a true rebuild. */
export const REBUILD_COLUMNS = {
  subject: column("Where", "text", ({ subject }: RebuildDifference) => subject),
  field: column("What differs", "text", ({ field }: RebuildDifference) => field),
  rebased: column("Rebased", "digest", ({ rebased }: RebuildDifference) => rebased, {
    shown: ({ rebased }) => rebased || "none",
  }),
  rebuilt: column("Rebuilt", "digest", ({ rebuilt }: RebuildDifference) => rebuilt, {
    shown: ({ rebuilt }) => rebuilt || "none",
  }),
} satisfies Columns<RebuildDifference>;
