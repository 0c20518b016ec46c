import { Check, Info, TriangleAlert, X } from "lucide-react";
import { WEIGHT_LABELS } from "#lib/display/rebase-words.ts";
import type { FindingWeight } from "#lib/model/rebase-answer.ts";

const MARKS = {
  blocks: { Icon: X, look: "text-stop" },
  merges: { Icon: TriangleAlert, look: "text-warn" },
  note: { Icon: Info, look: "text-dim" },
  passed: { Icon: Check, look: "text-accent" },
} as const;

/** What a finding means for the rebase, as a sign of its own shape; `undefined`: nothing was found. */
export function WeightMark({ weight }: { weight: FindingWeight | undefined }) {
  const { Icon, look } = MARKS[weight ?? "passed"];
  return (
    <span className="grid h-5 w-4 shrink-0 place-items-center">
      <Icon aria-hidden size={14} className={look} />
      <span className="sr-only">{weight === undefined ? "Passed" : WEIGHT_LABELS[weight]}</span>
    </span>
  );
}
