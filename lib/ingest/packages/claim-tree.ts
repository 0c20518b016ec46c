import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";

const NOTHING: ReadonlySet<FileNode> = new Set();

/** Assigns every unowned file under a directory to a component, except under the directories that are apart. */
export function claimTree(
  discovery: Discovery,
  directory: FileNode,
  index: number,
  apart: ReadonlySet<FileNode> = NOTHING,
): void {
  const open: FileNode[] = [directory];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of node.children.values()) {
      if (child.kind !== EntryKind.directory) discovery.owners.claim(child, index);
      else if (!apart.has(child)) open.push(child);
    }
  }
}
