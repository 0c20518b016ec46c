import { EntryKind } from "#lib/model/layer.ts";
import type { TreeNode } from "./tree-node.ts";

/** Symlinks followed in one look-up before it counts as a loop: Linux's own limit (path_resolution(7)). */
export const MAX_LINKS_FOLLOWED = 40;

/** Name parts one look-up may take, links expanded: 40 links of PATH_MAX could otherwise ask for 80,000. */
export const MAX_PARTS = 4096;

/**
 * What a path leads to, every symlink followed as if the tree were the whole file system: absolute targets start at the
 * root, `..` at the root stays there. `undefined` where it dangles, loops or passes through something that is no directory.
 */
export function resolvePath(root: TreeNode, path: string): TreeNode | undefined {
  // Parts still to take, the next one last.
  const pending = path.split("/").reverse();
  let node = root;
  let linksFollowed = 0;
  for (let taken = 0; pending.length > 0; taken++) {
    if (taken > MAX_PARTS) return undefined;
    const part = pending.pop()!;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      node = node.parent ?? root;
      continue;
    }
    const next = node.children.get(part);
    if (next === undefined) return undefined;
    if (next.kind !== EntryKind.symlink) {
      node = next;
      continue;
    }
    linksFollowed += 1;
    if (linksFollowed > MAX_LINKS_FOLLOWED) return undefined;
    if (next.linkTarget.startsWith("/")) node = root;
    pending.push(...next.linkTarget.split("/").reverse());
  }
  return node;
}
