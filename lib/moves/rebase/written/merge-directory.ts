import { EntryKind } from "#lib/model/layer.ts";
import type { MergedFile, MovedEntry, MovedTree } from "../sides.ts";

type Attributes = Pick<MovedEntry, "mode" | "uid" | "gid" | "xattrs">;

/**
 * A directory of all three sides, with what each changed of its mode, owner and attributes; `undefined` if it is none, or if both changed
 * the same in different ways. Layers list the directories above their files as they were, so that this is no one's intention.
 */
export function mergeDirectory(
  { oldBase, newBase, after }: Readonly<Record<"oldBase" | "newBase" | "after", MovedTree>>,
  path: string,
): MergedFile | undefined {
  const [before, now, image] = [oldBase, newBase, after].map((tree) => directoryAt(tree, path));
  if (before === undefined || now === undefined || image === undefined) return undefined;
  const mode = mergeValue(before.mode, now.mode, image.mode);
  const uid = mergeValue(before.uid, now.uid, image.uid);
  const gid = mergeValue(before.gid, now.gid, image.gid);
  const xattrs = mergeXattrs(before, now, image);
  if (mode === undefined || uid === undefined || gid === undefined || xattrs === undefined) return undefined;
  return { kind: "directory", path, mode, uid, gid, mtime: now.mtime, xattrs };
}

function directoryAt(tree: MovedTree, path: string): MovedEntry | undefined {
  const node = tree.lookup(path);
  return node?.kind === EntryKind.directory ? tree.entryOf(node) : undefined;
}

/** `undefined` if both sides changed it differently. */
function mergeValue<T>(before: T, now: T, image: T): T | undefined {
  if (image === before) return now;
  return now === before || now === image ? image : undefined;
}

function mergeXattrs(before: Attributes, now: Attributes, image: Attributes): Map<string, string> | undefined {
  const merged = new Map<string, string>();
  for (const name of new Set([...now.xattrs.keys(), ...image.xattrs.keys()])) {
    const sides = [before, now, image].map(({ xattrs }) => xattrs.get(name) ?? "");
    const value = mergeValue(sides[0]!, sides[1]!, sides[2]!);
    if (value === undefined) return undefined;
    if (value !== "") merged.set(name, value);
  }
  return merged;
}
