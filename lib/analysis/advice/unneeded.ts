import type { Graph, NodeList } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import { maskOf } from "#lib/model/advice.ts";
import { type Claims, markBeyondOne } from "./claims.ts";

const UNNEEDED = maskOf(["unneeded"]);

/** Nothing records what needs files without a package, programs among them, or a package manager's data. */
const UNREFERABLE = new Set(["unowned", "manager", "binary", "golang", "cargo"]);

/** Whether references can say what needs a node. */
export function isReferable({ kind }: { readonly kind: string }): boolean {
  return !UNREFERABLE.has(kind);
}

/** 1 for each node that none of these needs, if references can say so. O(n + m). */
export function markUnneeded(nodes: readonly { readonly kind: string }[], graph: Graph, keep: NodeList): Uint8Array {
  const needed = computeReachable(graph, keep);
  return Uint8Array.from(nodes, (each, node) => (needed[node] === 1 || !isReferable(each) ? 0 : 1));
}

/** The same rows with those of these nodes claimed as unneeded, and with the duplicates that stay chosen anew. O(rows). */
export function claimUnneeded(claims: Claims, unneeded: Uint8Array): Claims {
  const mask = claims.mask.slice();
  for (let row = 0; row < claims.count; row++) {
    const node = claims.node[row]!;
    if (node >= 0 && unneeded[node] === 1) mask[row]! |= UNNEEDED;
  }
  markBeyondOne(mask, claims.group);
  return { ...claims, mask };
}
