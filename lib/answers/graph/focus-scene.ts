import { computeSizeOrder, type SizeOrder } from "#lib/analysis/focus/size-order.ts";
import type { FocusNode } from "#lib/model/focus-answer.ts";
import type { KeptGraph } from "../kept/graphs.ts";

/** The evidence of the edge between the node in the middle and another. */
export type DetailsOf = (other: number) => readonly string[];

/** A graph seen from one node. */
export interface FocusScene {
  readonly graph: KeptGraph;
  readonly node: number;
  /** 1 for each node that it reaches, and that reaches it; itself included. */
  readonly reached: Uint8Array;
  readonly reaching: Uint8Array;
  readonly details: DetailsOf;
}

const orders = new WeakMap<KeptGraph, SizeOrder>();

/** Computed with the first question about a graph, and kept as long as the graph. */
export function orderOf(graph: KeptGraph): SizeOrder {
  let order = orders.get(graph);
  if (order === undefined) {
    order = computeSizeOrder(graph);
    orders.set(graph, order);
  }
  return order;
}

export function toFocusNode({ nodes }: KeptGraph, node: number): FocusNode {
  return nodes[node]!;
}
