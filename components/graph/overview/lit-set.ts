import type { PlacedEdge, PlacedOverview } from "#lib/pictures/overview/placed.ts";

/** What lights up with a box or a group. */
export interface LitSet {
  /** Keys of boxes and groups. */
  readonly keys: ReadonlySet<string>;
  readonly edges: readonly PlacedEdge[];
}

export const boxKey = (nodeIndex: number) => `n${nodeIndex}`;
export const groupKey = (column: number) => `g${column}`;

/** Lines drawn for edges that follow from others. */
const MAX_FOLLOWS = 12;

/** A box with its neighbours in the drawing; a group alone. */
export function litSetOf({ boxes, edges }: PlacedOverview, key: string): LitSet {
  const at = boxes.findIndex(({ nodeIndex }) => boxKey(nodeIndex) === key);
  if (at < 0) return { keys: new Set([key]), edges: [] };
  const near = edges.filter(({ from, to }) => from === at || to === at);
  const follows = near.filter(({ drawn }) => drawn === "follows").length;
  const keys = near.flatMap(({ from, to }) => [from, to]).map((box) => boxKey(boxes[box]!.nodeIndex));
  // A wedge of dotted lines says less than the boxes that are lit.
  const shown = follows > MAX_FOLLOWS ? near.filter(({ drawn }) => drawn !== "follows") : near;
  return { keys: new Set([key, ...keys]), edges: shown };
}
