import { type ComponentKind, DISTRIBUTION_KINDS, Evidence } from "#lib/model/component.ts";
import type { SnapshotEdges } from "#lib/model/snapshot.ts";

/** What the files of each component are, by node: only what shows a use, or can be used. */
export interface ProgramCounts {
  readonly libraries: Int32Array;
  /** Programs and scripts. */
  readonly programs: Int32Array;
}

/**
 * Kinds whose use shows in files: distributions and conda package programs and libraries. Packages of one language use each other by
 * imports, which no file names in a way that is read.
 */
const SHOWING: ReadonlySet<ComponentKind> = new Set([...DISTRIBUTION_KINDS, "conda"]);

/**
 * Rows of the declared edges whose use no file shows: no edge of other evidence leads from the one to the other. Only where it could
 * show: the one has programs, libraries or scripts, and so has the other. In the order of the edges. O(m).
 */
export function findUnused(
  nodes: readonly { readonly kind: ComponentKind }[],
  { from, to, evidence }: SnapshotEdges,
  { libraries, programs }: ProgramCounts,
): number[] {
  const isShowing = (node: number) => SHOWING.has(nodes[node]!.kind) && libraries[node]! + programs[node]! > 0;
  const keyOf = (row: number) => from[row]! * nodes.length + to[row]!;
  const rows = [...from.keys()];
  const shown = new Set(rows.filter((row) => evidence[row] !== Evidence.declared).map(keyOf));
  return rows.filter(
    (row) =>
      evidence[row] === Evidence.declared &&
      from[row] !== to[row] &&
      isShowing(from[row]!) &&
      isShowing(to[row]!) &&
      !shown.has(keyOf(row)),
  );
}
