import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TreeEntry } from "./file-tree.ts";

/**
 * The tree below a directory of this machine: links, the bodies of files whose names are `kept`, and the lengths of the others.
 * Directories that `isSkipped` are left out.
 */
export function readDiskTree(
  root: string,
  kept: RegExp,
  isSkipped: (path: string) => boolean = () => false,
): Record<string, TreeEntry> {
  const entries: Record<string, TreeEntry> = {};
  const open = [""];
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    for (const child of readdirSync(join(root, directory), { withFileTypes: true })) {
      const path = directory === "" ? child.name : `${directory}/${child.name}`;
      const full = join(root, path);
      if (child.isSymbolicLink()) entries[path] = { symlink: readlinkSync(full) };
      else if (child.isFile())
        entries[path] = kept.test(child.name) ? readFileSync(full) : { byteCount: statSync(full).size };
      else if (child.isDirectory() && !isSkipped(path)) open.push(path);
    }
  }
  return entries;
}
