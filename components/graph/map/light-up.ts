import type { LitGraph, LitSets } from "#lib/pictures/map/lit-sets.ts";
import { listFrames, type MapSection } from "#lib/pictures/map/map-section.ts";

/** What a map shows of a selection. */
export interface Lit {
  /** Index of the selected node, if there is one; its position, else −1. */
  readonly node: number | undefined;
  readonly position: number;
  /** By position: 1 for the node, what needs it and what it needs. */
  readonly litAt: Uint8Array | undefined;
  /** Positions of direct neighbours that are neither in its frame nor around it. */
  readonly referrers: readonly number[];
  readonly references: readonly number[];
  readonly sets: LitSets | undefined;
}

const NOTHING: Lit = {
  node: undefined,
  position: -1,
  litAt: undefined,
  referrers: [],
  references: [],
  sets: undefined,
};

/** Lights a node and all that is connected to it. Without the edges, which arrive later, only the node is marked. */
export function lightUp(section: MapSection, graph: LitGraph | undefined, node: number | undefined): Lit {
  if (node === undefined) return NOTHING;
  const position = section.positionOf[node]!;
  if (graph === undefined) return { ...NOTHING, node, position };
  const sets = graph.light(node);
  const litAt = new Uint8Array(section.nodeAt.length);
  for (let i = 0; i < litAt.length; i++)
    litAt[i] = sets.needing[section.nodeAt[i]!]! | sets.needed[section.nodeAt[i]!]!;
  const { referrers, references } = graph.neighboursOf(node);
  const around = new Set(listFrames(section, position));
  const apart = (others: Int32Array) =>
    Array.from(others, (other) => section.positionOf[other]!).filter(
      (other) => !around.has(other) && (other < position || other >= section.endOf[position]!),
    );
  return { node, position, litAt, referrers: apart(referrers), references: apart(references), sets };
}
