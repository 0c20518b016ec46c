import { formatBytes, formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { FocusClass, FocusNode, FocusPart, FocusRow } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";

export function formatAmount(value: number, unit: MeasureUnit): string {
  return unit === "bytes" ? formatBytes(value) : formatCounted(value, "component");
}

/** What a full bar of a part is. */
export function scaleOf({ rows }: Pick<FocusPart, "rows">): number {
  return Math.max(1, ...rows.map(({ node, family }) => family?.retainedSize ?? node.retainedSize));
}

/** A share of the whole artifact in words. */
export function shareWords(part: number, whole: number): string {
  return `${formatShare(part, whole).replace("<", "under ").replace(">", "over ")} of all`;
}

/** `2–4 KiB`, `0.5–2 MiB`, `≥ 64 KiB`, `< 1 KiB`. */
export function classWords({ from, to }: FocusClass, unit: MeasureUnit): string {
  if (to === undefined) return `≥ ${plainSize(from, unit)}`;
  if (from === 0) return `< ${plainSize(to, unit)}`;
  const high = plainSize(to, unit);
  // Both bounds in the unit of the upper one.
  return `${(from / to) * Number.parseFloat(high.replaceAll(",", ""))}–${high}`;
}

/** Bounds are powers of two: `4 KiB`, not `4.0 KiB`. */
function plainSize(size: number, unit: MeasureUnit): string {
  return unit === "bytes" ? formatBytes(size).replace(".0 ", " ") : formatCount(size);
}

/** Why a row stays when the node in the middle goes. */
export function othersWords({ others, node }: Pick<FocusRow, "others"> & { readonly node: FocusNode }): string {
  if (others === 0) return node.root ? "a root itself" : "";
  return formatCounted(others, "other");
}

export function countNodes(count: number): string {
  return formatCounted(count, "node");
}
