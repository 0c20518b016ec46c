import type { Graph } from "#lib/graph/graph.ts";
import type { RootReasonName } from "#lib/model/root-reason.ts";
import { markUnneeded } from "../advice/unneeded.ts";

interface RootedNode {
  readonly kind: string;
  readonly root: boolean;
  /** Left out if an older version scanned it: then it counts as asked for. */
  readonly rootReason?: RootReasonName;
}

/** The nodes that somebody asked for: installed explicitly, or started by the image. */
export function listAskedFor(nodes: readonly RootedNode[]): number[] {
  return [...nodes.keys()].filter((node) => {
    const { root, rootReason } = nodes[node]!;
    return root && rootReason !== "unreferred" && rootReason !== "unowned";
  });
}

/** The components that none of these needs, ascending. Files without a package are none: nothing records what needs them. O(n + m). */
export function listUnasked(nodes: readonly RootedNode[], graph: Graph, asked: readonly number[]): number[] {
  if (asked.length === 0) return [];
  const unneeded = markUnneeded(nodes, graph, asked);
  return [...nodes.keys()].filter((node) => unneeded[node] === 1);
}
