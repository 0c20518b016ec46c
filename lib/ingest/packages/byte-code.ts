import { sourceOfByteCode } from "#lib/model/byte-code.ts";
import type { Discovery } from "./discovery.ts";

/**
 * Assigns Python byte code that no package lists to the owner of its source: packages list `x.py`, and a script compiles it when
 * they are installed.
 */
export function claimByteCode({ nodes, owners, tree }: Discovery): void {
  for (const node of nodes) {
    if (owners.ownerOf(node) >= 0 || node.body === undefined) continue;
    const path = sourceOfByteCode(node.path);
    const source = path === undefined ? undefined : tree.lookup(path);
    const owner = source === undefined ? -1 : owners.ownerOf(source);
    if (owner >= 0) owners.claim(node, owner);
  }
}
