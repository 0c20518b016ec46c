import type { FocusSide } from "#lib/model/focus-answer.ts";
import type { LitGraph, LitSets } from "#lib/pictures/map/lit-sets.ts";
import { listFrames, type MapSection } from "#lib/pictures/map/map-section.ts";

/** What a map shows of a selection. */
export interface Lit {
  /** Index of the selected node, if there is one; its position, else −1. */
  readonly node: number | undefined;
  readonly position: number;
  /** By position: 1 for the node, what needs it and what it needs, or only one of them. */
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

/** What lights up: all that is connected to a node, what needs it, what it needs, or what it alone keeps. */
export interface LitQuestion {
  readonly node: number | undefined;
  readonly side: FocusSide;
}

/** Lights a node and what is connected to it. Without the edges, which arrive later, only the node is marked. */
export function lightUp(section: MapSection, graph: LitGraph | undefined, { node, side }: LitQuestion): Lit {
  if (node === undefined) return NOTHING;
  const position = section.positionOf[node]!;
  if (graph === undefined) return { ...NOTHING, node, position };
  const sets = graph.light(node);
  const litAt = side === "own" ? lightFrame(section, position) : lightSets(section, sets, side);
  const { referrers, references } = graph.neighboursOf(node);
  const around = new Set(listFrames(section, position));
  const apart = (others: Int32Array) =>
    Array.from(others, (other) => section.positionOf[other]!).filter(
      (other) => !around.has(other) && (other < position || other >= section.endOf[position]!),
    );
  return {
    node,
    position,
    litAt,
    referrers: side === "both" || side === "up" ? apart(referrers) : [],
    references: side === "both" || side === "down" ? apart(references) : [],
    sets,
  };
}

/** What a node alone keeps is what is in its frame. */
function lightFrame(section: MapSection, position: number): Uint8Array {
  return new Uint8Array(section.nodeAt.length).fill(1, position, section.endOf[position]);
}

function lightSets({ nodeAt }: MapSection, { needing, needed }: LitSets, side: FocusSide): Uint8Array {
  const litAt = new Uint8Array(nodeAt.length);
  for (let i = 0; i < litAt.length; i++) {
    const node = nodeAt[i]!;
    litAt[i] = (side === "down" ? 0 : needing[node]!) | (side === "up" ? 0 : needed[node]!);
  }
  return litAt;
}
