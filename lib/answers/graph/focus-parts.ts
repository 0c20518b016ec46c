import { isKeptBy } from "#lib/analysis/focus/size-order.ts";
import { buildBreadthFirstTree, UNREACHED } from "#lib/graph/breadth-first-tree.ts";
import type { FocusPartName, FocusSide } from "#lib/model/focus-answer.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { orderOf } from "./focus-scene.ts";

export interface PartMembers {
  /** Those that retain most first. */
  readonly members: Int32Array;
  /** By node: the node that leads to it. */
  readonly parent: Int32Array;
}

export type FocusParts = Partial<Readonly<Record<FocusPartName, PartMembers>>>;

/** Parts of each choice of sides. */
const PARTS_OF_SIDE: Readonly<Record<FocusSide, readonly FocusPartName[]>> = {
  both: ["up", "own", "shared"],
  up: ["up"],
  down: ["own", "shared"],
  own: ["own"],
};

interface PartsRequest {
  readonly steps: number;
  readonly side: FocusSide;
}

/** The members of the parts around a node that are asked for. */
export function buildParts(graph: KeptGraph, node: number, { steps, side }: PartsRequest): FocusParts {
  const builders: Record<FocusPartName, () => PartMembers> = {
    up: () => within(graph, buildBreadthFirstTree(graph.reversed, [node], steps), (other) => other !== node),
    own: () => {
      const order = orderOf(graph);
      const members = order.order.filter((other) => other !== node && isKeptBy(order, other, node));
      return { members, parent: graph.dominator };
    },
    shared: () => {
      const order = orderOf(graph);
      const parents = buildBreadthFirstTree(graph.graph, [node], steps);
      return within(graph, parents, (other) => !isKeptBy(order, other, node));
    },
  };
  return Object.fromEntries(PARTS_OF_SIDE[side].map((part) => [part, builders[part]()]));
}

function within(graph: KeptGraph, parent: Int32Array, isMember: (node: number) => boolean): PartMembers {
  const members = orderOf(graph).order.filter((node) => parent[node] !== UNREACHED && isMember(node));
  return { members, parent };
}
