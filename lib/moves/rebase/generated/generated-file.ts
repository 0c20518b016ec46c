import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { MergedFile, MovedEntry, MovedTree } from "../sides.ts";

/** A file or link at one path, on each side that has one. */
export interface GeneratedFile {
  readonly path: string;
  readonly node: FileNode;
  readonly base: MovedEntry | undefined;
  readonly ours: MovedEntry;
  readonly theirs: MovedEntry | undefined;
}

/** The new base has another file than the old one, and than the image. */
export function isHiding({ base, ours, theirs }: GeneratedFile): boolean {
  if (theirs === undefined) return false;
  return contentOf(theirs) !== contentOf(base) && contentOf(theirs) !== contentOf(ours);
}

function contentOf(entry: MovedEntry | undefined): string {
  return entry === undefined ? "" : entry.content || entry.link;
}

/** The file or link of that very name. */
export function entryAt(tree: MovedTree, path: string): MovedEntry | undefined {
  const node = tree.lookup(path);
  return node === undefined || node.kind === EntryKind.directory ? undefined : tree.entryOf(node);
}

/** Another body for the image's file, with the attributes of its own, and the later of both times. */
export function withBody({ path, ours, theirs }: GeneratedFile, body: Uint8Array): MergedFile {
  const { mode, uid, gid, xattrs } = ours;
  return { kind: "file", path, mode, uid, gid, xattrs, mtime: Math.max(ours.mtime, theirs?.mtime ?? 0), body };
}

/** The body as text, each byte a character; "" for no file, `undefined` if it was not kept. */
export function latin1At(tree: MovedTree, path: string): string | undefined {
  const node = tree.lookup(path);
  if (node?.body === undefined || node.body.byteCount === 0) return "";
  const body = tree.document(node);
  return body && Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
}
