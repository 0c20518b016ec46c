import type { NamedId } from "#lib/model/suspect.ts";
import type { KeptGraph } from "./kept/graphs.ts";

/** A node of a graph by its id, name and index. */
export function toNamedId({ nodes }: Pick<KeptGraph, "nodes">, node: number): NamedId {
  const { id, name, nodeIndex } = nodes[node]!;
  return { id, name, nodeIndex };
}
