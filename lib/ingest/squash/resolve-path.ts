import { EntryKind } from "#lib/model/layer.ts";
import type { TreeNode } from "./tree-node.ts";

/** Symlinks followed in one look-up before it counts as a loop: Linux's own limit (path_resolution(7)). */
export const MAX_LINKS_FOLLOWED = 40;

/** Path parts per look-up, links expanded: 40 links of PATH_MAX could otherwise ask for 80,000. */
export const MAX_PARTS = 4096;

/**
 * Steps of all look-ups in one image. The lists of 600,000 files take some 5 million; a million paths through 40 links of 100
 * parts each would take four billion.
 */
export const MAX_STEPS = 20_000_000;

/** Resolves paths in one tree, with `MAX_STEPS` for all of them. */
export class PathResolver {
  readonly #root: TreeNode;
  #steps = 0;

  constructor(root: TreeNode) {
    this.#root = root;
  }

  get isExhausted(): boolean {
    return this.#steps > MAX_STEPS;
  }

  /**
   * The name that a path leads to, with every symlink followed as if the tree were the whole file system: absolute targets start
   * at the root, `..` at the root stays there. `undefined` if the path dangles, loops or passes through a name that is not a
   * directory, and once the steps are spent.
   */
  resolve(path: string): TreeNode | undefined {
    // Remaining parts, the next one last.
    const pending = path.split("/").reverse();
    let node = this.#root;
    let linksFollowed = 0;
    for (let taken = 0; pending.length > 0; taken++) {
      this.#steps += 1;
      if (taken > MAX_PARTS || this.isExhausted) return undefined;
      const part = pending.pop()!;
      if (part === "" || part === ".") continue;
      if (part === "..") {
        node = node.parent ?? this.#root;
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
      if (next.linkTarget.startsWith("/")) node = this.#root;
      this.#steps += pushParts(pending, next.linkTarget);
    }
    return node;
  }
}

/** Puts the parts of a link's target before the remaining ones; returns their number. */
function pushParts(pending: string[], target: string): number {
  const parts = target.split("/");
  for (let i = parts.length - 1; i >= 0; i--) pending.push(parts[i]!);
  return parts.length;
}
