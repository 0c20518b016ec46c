import { EntryKind } from "#lib/model/layer.ts";
import type { DirectorySums } from "#lib/model/snapshot.ts";
import type { CountedBody, TreeNode } from "./tree-node.ts";

/** A directory that the walk has not left yet. */
interface OpenDirectory {
  readonly node: TreeNode;
  readonly row: number;
}

/**
 * Sums the contents of each directory; a hard-linked body counts at the first of its names in the walk. `names` is a walk of the
 * tree: the contents of a directory follow it without a gap, so a stack of open directories is enough.
 */
export function sumDirectories(names: readonly TreeNode[]): DirectorySums {
  const directoryNames: string[] = [];
  const parents: number[] = [];
  const byteCount: number[] = [];
  const fileCount: number[] = [];
  const open: OpenDirectory[] = [];
  const linked = new Set<CountedBody>();
  const closeDirectory = () => {
    const closed = open.pop()!.row;
    const parent = open.at(-1)?.row;
    if (parent === undefined) return;
    byteCount[parent]! += byteCount[closed]!;
    fileCount[parent]! += fileCount[closed]!;
  };
  for (const node of names) {
    while (open.length > 0 && open.at(-1)!.node !== node.parent) closeDirectory();
    if (node.kind === EntryKind.directory) {
      parents.push(open.at(-1)?.row ?? -1);
      open.push({ node, row: directoryNames.push(node.name) - 1 });
      byteCount.push(0);
      fileCount.push(0);
      continue;
    }
    const { row } = open.at(-1)!;
    byteCount[row]! += countOnce(node, linked);
    if (node.kind === EntryKind.file) fileCount[row]! += 1;
  }
  while (open.length > 0) closeDirectory();
  return { count: parents.length, byteCount, fileCount, path: (i) => toPath(i, directoryNames, parents) };
}

/** Bytes of the node's body, at the first name that leads to it. */
function countOnce({ body, countedBody }: TreeNode, linked: Set<CountedBody>): number {
  if (body === undefined) return 0;
  if (countedBody === undefined) return body.byteCount;
  if (linked.has(countedBody)) return 0;
  linked.add(countedBody);
  return countedBody.byteCount;
}

/** From names and rows, not from nodes: the tree is gone by the time paths are asked for. */
function toPath(row: number, names: readonly string[], parents: readonly number[]): string {
  const parts: string[] = [];
  for (let at = row; parents[at]! >= 0; at = parents[at]!) parts.push(names[at]!);
  return parts.reverse().join("/");
}
