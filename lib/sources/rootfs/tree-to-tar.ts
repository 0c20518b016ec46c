import { open } from "node:fs/promises";
import { encodeHeader, endBlocks, padding, type TarMember, Typeflag } from "#lib/formats/tar/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { type TreeEntry, unreadable, walkTree } from "./walk-tree.ts";

const CHUNK_BYTES = 256 * 1024;
/** Permissions, set-id bits and the sticky bit. */
const MODE_BITS = 0o7777;

/** A directory tree as the tar of one layer: the same bytes for the same tree. Sockets are left out: no layer has them. */
export async function* treeToTar(root: Buffer): AsyncGenerator<Uint8Array> {
  // Names of one body, by its inode: the first has the body, the others are links to it.
  const firstNames = new Map<number, Buffer>();
  for await (const entry of walkTree(root)) {
    const member = toMember(entry, firstNames);
    if (member === undefined) continue;
    yield encodeHeader(member);
    if (member.byteCount > 0) yield* readBody(entry, member.byteCount);
    yield padding(member.byteCount);
  }
  yield endBlocks();
}

function toMember({ path, stats, target }: TreeEntry, firstNames: Map<number, Buffer>): TarMember | undefined {
  const { mode, uid, gid, mtimeMs, ino, nlink, size } = stats;
  const facts = { path, mode: mode & MODE_BITS, uid, gid, mtime: Math.floor(mtimeMs / 1000), byteCount: 0 };
  if (stats.isDirectory()) return { ...facts, typeflag: Typeflag.directory };
  if (stats.isSymbolicLink()) return { ...facts, typeflag: Typeflag.symlink, link: target };
  if (stats.isFIFO()) return { ...facts, typeflag: Typeflag.fifo };
  if (stats.isCharacterDevice()) return { ...facts, typeflag: Typeflag.charDevice };
  if (stats.isBlockDevice()) return { ...facts, typeflag: Typeflag.blockDevice };
  if (!stats.isFile()) return undefined;
  const first = firstNames.get(ino);
  if (nlink > 1 && first !== undefined) return { ...facts, typeflag: Typeflag.hardLink, link: first };
  if (nlink > 1) firstNames.set(ino, path);
  return { ...facts, typeflag: Typeflag.file, byteCount: size };
}

/** As many bytes as the header says: a file that grows is cut there. Throws InputError for one that shrinks. */
async function* readBody({ file, path }: TreeEntry, byteCount: number): AsyncGenerator<Uint8Array> {
  const handle = await open(file, "r").catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    for (let left = byteCount; left > 0; ) {
      const chunk = new Uint8Array(Math.min(left, CHUNK_BYTES));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length);
      if (bytesRead === 0)
        throw new InputError("truncated", path.toString("utf8"), "the file changed while it was read");
      left -= bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
