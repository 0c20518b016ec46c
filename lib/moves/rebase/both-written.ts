import type { ThreeSides } from "#lib/formats/three-way/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { MergedFile, MovedEntry, MovedTree, RebaseSides } from "./sides.ts";

/** A regular file that the image's own layers have, and that the new base has otherwise than the old one. */
export interface BothWritten {
  readonly path: string;
  /** `base`: in the old base; `theirs`: in the new one; `undefined`: no file there. */
  readonly entries: {
    readonly base: MovedEntry | undefined;
    readonly ours: MovedEntry;
    readonly theirs: MovedEntry | undefined;
  };
}

/** The files at these paths that both sides wrote, in the tree's order. Those that they wrote alike are left out. */
export function listBothWritten(sides: RebaseSides, isWanted: (path: string) => boolean): BothWritten[] {
  const found: BothWritten[] = [];
  for (const node of sides.before.names) {
    if (node.layer < sides.oldBaseLayers || node.kind !== EntryKind.file || !isWanted(node.path)) continue;
    const ours = sides.before.entryOf(node);
    if (ours === undefined) continue;
    const entries = { base: fileAt(sides.oldBase, node.path), ours, theirs: fileAt(sides.newBase, node.path) };
    if (entries.theirs?.content === entries.base?.content || entries.theirs?.content === ours.content) continue;
    found.push({ path: node.path, entries });
  }
  return found;
}

/** The regular file of that very name. */
function fileAt(tree: MovedTree, path: string): MovedEntry | undefined {
  const node = tree.lookup(path);
  return node?.kind === EntryKind.file ? tree.entryOf(node) : undefined;
}

/** The three contents, each byte a character; a file that is not there is empty. `undefined` if one was not kept when it was read. */
export function textsOf(sides: RebaseSides, path: string): ThreeSides<string> | undefined {
  const base = textAt(sides.oldBase, path);
  const ours = textAt(sides.before, path);
  const theirs = textAt(sides.newBase, path);
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  return { base, ours, theirs };
}

/** The text of the file of that very name; "" if there is none, `undefined` if it was not kept. */
export function textAt(tree: MovedTree, path: string): string | undefined {
  const node = tree.lookup(path);
  return node?.kind === EntryKind.file ? textOf(tree, node) : "";
}

function textOf(tree: MovedTree, node: FileNode): string | undefined {
  if (node.body?.byteCount === 0) return "";
  const body = tree.document(node);
  return body && Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
}

/** The merged file, with the attributes that the image's layers gave it, and the later of both times. */
export function toMergedFile({ path, entries: { ours, theirs } }: BothWritten, text: string): MergedFile {
  const { mode, uid, gid, xattrs } = ours;
  const mtime = Math.max(ours.mtime, theirs?.mtime ?? 0);
  return { kind: "file", path, mode, uid, gid, xattrs, mtime, body: Buffer.from(text, "latin1") };
}
