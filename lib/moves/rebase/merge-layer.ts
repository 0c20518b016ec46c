import { posix } from "node:path";
import { encodeHeader, endBlocks, padding, type TarMember, Typeflag } from "#lib/formats/tar/index.ts";
import { pathBytes } from "#lib/model/layer.ts";
import type { MergedFile, MovedTree } from "./sides.ts";

/** Names of files in a history step before the rest is counted. */
const NAMED_FILES = 4;

interface Member {
  readonly header: TarMember;
  readonly body: Uint8Array;
}

/**
 * The tar of the merge layer: what was merged, in the order of its paths, and the directories above it with the attributes that they
 * have in `after`. Engines that unpack a layer on its own would make these anew, open to everyone. Empty if nothing was merged.
 */
export function buildMergeLayer(merged: readonly MergedFile[], after: MovedTree): Uint8Array {
  if (merged.length === 0) return new Uint8Array(0);
  const members = new Map<string, Member>();
  for (const file of inOrder(merged)) {
    const folder = realFolder(posix.dirname(file.path), after);
    addFolders(members, folder, after);
    const path = posix.join(folder, nameOf(file));
    members.set(path, { header: toHeader(file, path), body: file.kind === "file" ? file.body : new Uint8Array(0) });
  }
  const ordered = [...members.keys()].sort().map((path) => members.get(path)!);
  const blocks = ordered.flatMap(({ header, body }) => [encodeHeader(header), body, padding(body.length)]);
  return Buffer.concat([...blocks, endBlocks()]);
}

/** Directories that were merged before those that are only above something. */
function inOrder(merged: readonly MergedFile[]): MergedFile[] {
  return merged.toSorted((a, b) => Number(b.kind === "directory") - Number(a.kind === "directory"));
}

/** What the layer is, as a step of the history. */
export function mergeStep(merged: readonly MergedFile[]): string {
  const paths = merged.map(({ path }) => path).sort();
  const more = paths.length > NAMED_FILES ? ` and ${paths.length - NAMED_FILES} more` : "";
  return `stratigraph rebase: merge ${paths.slice(0, NAMED_FILES).join(", ")}${more}`;
}

function nameOf({ kind, path }: MergedFile): string {
  return kind === "whiteout" ? `.wh.${posix.basename(path)}` : posix.basename(path);
}

/** Links on the way followed: a layer that lists a directory in a link's place would hide what the link leads to. */
function realFolder(folder: string, after: MovedTree): string {
  if (folder === ".") return "";
  const real = after.resolve(folder)?.path;
  if (real !== undefined) return real;
  return posix.join(realFolder(posix.dirname(folder), after), posix.basename(folder));
}

function addFolders(members: Map<string, Member>, folder: string, after: MovedTree): void {
  for (let path = folder; path !== "" && path !== "."; path = posix.dirname(path)) {
    const node = after.lookup(path);
    const entry = node && after.entryOf(node);
    if (entry === undefined || members.has(path)) continue;
    const { mode, uid, gid, mtime, xattrs } = entry;
    const header = { typeflag: Typeflag.directory, path: pathBytes(`${path}/`), mode, uid, gid, mtime, xattrs };
    members.set(path, { header: { ...header, byteCount: 0 }, body: new Uint8Array(0) });
  }
}

/** Whiteouts belong to no one (image-spec `layer.md`, "Whiteouts": empty files). */
function toHeader(file: MergedFile, path: string): TarMember {
  const common = { typeflag: Typeflag.file, path: pathBytes(path) };
  if (file.kind === "whiteout") return { ...common, mode: 0o644, uid: 0, gid: 0, mtime: 0, byteCount: 0 };
  const { mode, uid, gid, mtime, xattrs } = file;
  if (file.kind === "directory") {
    return { typeflag: Typeflag.directory, path: pathBytes(`${path}/`), mode, uid, gid, mtime, xattrs, byteCount: 0 };
  }
  return { ...common, mode, uid, gid, mtime, xattrs, byteCount: file.body.length };
}
