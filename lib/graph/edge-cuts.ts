import { type Edge, type Graph, type NodeList, reverse } from "./graph.ts";
import { computeReachable } from "./reachable.ts";
import { UnitFlow } from "./unit-flow.ts";

export interface EdgeCuts {
  /** The fewest edges whose removal leaves no path from a start to the target; 0 if there is none anyway. */
  readonly size: number;
  /**
   * Cuts of that size, from the one nearest to the starts to the one nearest to the target: what each cuts off is a part of what
   * the one before it does.
   */
  readonly cuts: readonly (readonly Edge[])[];
  /** Some between the last two are left out. */
  readonly more: boolean;
}

export interface CutSearch {
  readonly graph: Graph;
  readonly starts: NodeList;
  readonly target: number;
  /** Maximum number of cuts; at least 2. */
  readonly limit: number;
  /** The reversed graph, if the caller has it already. */
  readonly reversed?: Graph;
}

/**
 * Minimum edge cuts between the starts and the target: a maximum flow of one unit an edge (Dinic 1970), then the node sets that
 * are closed in what is left of the graph, from the smallest to the largest (Picard, Queyranne 1980). `undefined` if the target is
 * a start: it needs no edge. O(m · min(√m, n^⅔) + limit · m). Throws a RangeError for a start that is not a node.
 */
export function computeEdgeCuts({ graph, starts, target, limit, reversed }: CutSearch): EdgeCuts | undefined {
  if (starts.includes(target)) return undefined;
  const reached = computeReachable(graph, starts);
  if (reached[target] === 0) return { size: 0, cuts: [], more: false };
  const backwards = reversed ?? reverse(graph);
  const allowed = computeReachable(backwards, [target]).map((reaching, node) => reaching & reached[node]!);
  const flow = new UnitFlow({ graph, reversed: backwards, allowed });
  while (flow.increase(starts, target)) {}
  return listCuts(flow, { starts, target, limit });
}

function listCuts(flow: UnitFlow, { starts, target, limit }: Omit<CutSearch, "graph">): EdgeCuts {
  const targetSide = flow.reachingNodes(target);
  const cuts: Edge[][] = [];
  const side = new Uint8Array(targetSide.length);
  for (let grow: NodeList = starts; ; ) {
    flow.close(side, grow);
    const cut = flow.listLeaving(side);
    // A larger closed set without the target, unless each edge of this cut leads to the target's side.
    const next = cut.find(([, to]) => targetSide[to] === 0)?.[1];
    if (next === undefined) return { size: cut.length, cuts: [...cuts, cut], more: false };
    if (cuts.length === limit - 1) {
      const nearest = flow.listLeaving(targetSide.map((inside) => 1 - inside));
      return { size: cut.length, cuts: [...cuts, nearest], more: true };
    }
    cuts.push(cut);
    grow = [next];
  }
}
