import { EntryKind } from "#lib/model/layer.ts";

const SLASH = 0x2f;
const PREFIX = Buffer.from(".wh.");
const METADATA_PREFIX = Buffer.from(".wh..wh.");
const OPAQUE_NAME = Buffer.from(".wh..wh..opq");

/** The meaning of a path's last part. `path` is the path that the entry refers to, "" for the root. */
export type PathMeaning =
  | { readonly kind: "plain" }
  | { readonly kind: typeof EntryKind.whiteout | typeof EntryKind.opaqueWhiteout; readonly path: Uint8Array }
  /** Left out of the tree, for this reason; its body counts all the same. */
  | { readonly kind: "skipped"; readonly reason: string };

const PLAIN: PathMeaning = { kind: "plain" };

/**
 * Reads image-spec `layer.md#whiteouts` from a normalised path. The AUFS files at the root (`.wh..wh.aufs`, `.wh..wh.orph`,
 * `.wh..wh.plnk`) were never part of an image's tree: Docker, containerd and Stratigraph leave them out.
 */
export function readWhiteout(path: Uint8Array): PathMeaning {
  const slash = path.lastIndexOf(SLASH);
  if (!startsWith(path, slash + 1, PREFIX)) {
    return startsWith(path, 0, METADATA_PREFIX) ? AUFS_METADATA : PLAIN;
  }
  const directory = path.subarray(0, Math.max(slash, 0));
  const name = path.subarray(slash + 1);
  if (name.length === OPAQUE_NAME.length && startsWith(name, 0, OPAQUE_NAME)) {
    return { kind: EntryKind.opaqueWhiteout, path: directory };
  }
  if (startsWith(path, 0, METADATA_PREFIX)) return AUFS_METADATA;
  const hidden = name.subarray(PREFIX.length);
  if (isNoName(hidden)) return NO_NAME;
  return { kind: EntryKind.whiteout, path: joinPath(directory, hidden) };
}

/** The path of a whiteout in its tar: the inverse of `readWhiteout`. */
export function whiteoutPath(kind: EntryKind, path: string): string {
  if (kind === EntryKind.opaqueWhiteout) return path === "" ? `${OPAQUE_NAME}` : `${path}/${OPAQUE_NAME}`;
  if (kind !== EntryKind.whiteout) return path;
  const name = path.lastIndexOf("/") + 1;
  return `${path.slice(0, name)}${PREFIX}${path.slice(name)}`;
}

const AUFS_METADATA: PathMeaning = {
  kind: "skipped",
  reason: "reserved by AUFS for its own records; left out of the tree",
};
/** An engine that joins paths would remove the directory itself, or the one above it. */
const NO_NAME: PathMeaning = { kind: "skipped", reason: "a whiteout that names no file; left out of the tree" };

function isNoName(name: Uint8Array): boolean {
  return name.length <= 2 && name.every((byte) => byte === 0x2e);
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  if (bytes.length - at < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}

function joinPath(directory: Uint8Array, name: Uint8Array): Uint8Array {
  if (directory.length === 0) return name;
  const path = new Uint8Array(directory.length + 1 + name.length);
  path.set(directory);
  path[directory.length] = SLASH;
  path.set(name, directory.length + 1);
  return path;
}
