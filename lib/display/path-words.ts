import type { EdgeCut } from "#lib/model/edge-cut.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { formatBytes, formatCount, formatCounted } from "./bytes.ts";

/** From this number on, paths are not counted exactly. */
const MANY = 1_000_000;

/** `count`: at least as many, if it is not exact. */
export function pathCountWords({ count, exact }: { readonly count: number; readonly exact: boolean }): string {
  if (exact) return formatCounted(count, "path");
  return count >= MANY ? "more than a million paths" : `at least ${formatCount(count)} paths`;
}

/** What a cut asks for. */
export function cutWords(size: number): string {
  return size === 1 ? "Remove this reference" : `Remove these ${formatCount(size)} references`;
}

/** What a cut frees. */
export function freedWords({ frees, freedNodes }: Pick<EdgeCut, "frees" | "freedNodes">, unit: MeasureUnit): string {
  if (unit === "components") return `${formatCounted(freedNodes, "component")} would go`;
  return `${formatBytes(frees)} in ${formatCounted(freedNodes, "node")} would go`;
}
