import "server-only";
import { findNode } from "#lib/analysis/find-node.ts";
import type { KeptGraph } from "#lib/answers/kept-graphs.ts";
import { UsageError } from "#lib/model/problem.ts";

/** The node an address means: its index, or what CLI.md calls NODE. Throws a UsageError where there is none. */
export function findNodeIndex(graph: KeptGraph, text: string): number {
  if (!/^\d{1,9}$/.test(text)) return findNode(graph.nodes, text).nodeIndex;
  const index = Number(text);
  if (index >= graph.nodes.length)
    throw new UsageError(`there is no node ${text}: the last one is ${graph.nodes.length - 1}`);
  return index;
}
