import type { PlacedEdge, PlacedOverview } from "#lib/pictures/overview/placed.ts";

/** What lights up with a box or a group. */
export interface LitSet {
  /** Keys of boxes and groups. */
  readonly keys: ReadonlySet<string>;
  readonly edges: readonly PlacedEdge[];
}

export const boxKey = (nodeIndex: number) => `n${nodeIndex}`;
export const groupKey = (column: number) => `g${column}`;

/** A box with its neighbours in the drawing; a group alone. */
export function litSetOf({ boxes, edges }: PlacedOverview, key: string): LitSet {
  const at = boxes.findIndex(({ nodeIndex }) => boxKey(nodeIndex) === key);
  if (at < 0) return { keys: new Set([key]), edges: [] };
  const near = edges.filter(({ from, to }) => from === at || to === at);
  const keys = near.flatMap(({ from, to }) => [from, to]).map((box) => boxKey(boxes[box]!.nodeIndex));
  return { keys: new Set([key, ...keys]), edges: near };
}
