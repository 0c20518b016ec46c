import { type FileHandle, open } from "node:fs/promises";
import { BLOCK_BYTES, TarParser } from "#lib/formats/tar/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { type ArchiveMember, MemberTable } from "./archive-members.ts";
import { readMetadata } from "./read-metadata.ts";
import type { BlobStore } from "./source-image.ts";

/** Bytes read at a time in the search for headers: a header, and the next one if a member is small. */
const READ_BYTES = 4096;

interface PlacedMember extends ArchiveMember {
  readonly offset: number;
}

/**
 * The members of an uncompressed image archive, found by seeking from header to header: layers are not read, and can be read
 * later from several threads at once. Throws InputError.
 */
export async function openArchiveFile(file: string, label: string): Promise<BlobStore> {
  const members = await indexMembers(file);
  return {
    label,
    read: async (path) => {
      const member = members.find(path);
      if (member === undefined) return undefined;
      return readMetadata({ file, offset: member.offset, length: member.byteCount }, member.path);
    },
    locate: async (path) => {
      const member = members.find(path);
      if (member === undefined) return undefined;
      const { offset, byteCount } = member;
      return { place: { kind: "range", file, offset, length: byteCount }, byteCount };
    },
  };
}

async function indexMembers(file: string): Promise<MemberTable<PlacedMember>> {
  const members = new MemberTable<PlacedMember>();
  const handle = await open(file, "r");
  try {
    const { size: length } = await handle.stat();
    await walkHeaders(handle, length, members);
  } finally {
    await handle.close();
  }
  return members;
}

async function walkHeaders(handle: FileHandle, length: number, members: MemberTable<PlacedMember>): Promise<void> {
  let position = 0;
  const parser = new TarParser({
    entry: (entry) => {
      const path = members.pathOf(entry);
      const offset = position + BLOCK_BYTES;
      if (path === undefined) return;
      if (offset + entry.byteCount > length)
        throw new InputError("truncated", path, "the archive ends inside this member");
      members.add({ path, offset, byteCount: entry.byteCount });
    },
    body: () => undefined,
    endEntry: () => undefined,
    warn: () => undefined,
  });
  const buffer = new Uint8Array(READ_BYTES);
  while (position < length) {
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, position);
    if (bytesRead === 0) break;
    // Block by block, so that `position` is the header's when an entry is emitted, and a body is skipped at once.
    let at = 0;
    while (at < bytesRead) {
      const taken = Math.min(BLOCK_BYTES, bytesRead - at);
      parser.write(buffer.subarray(at, at + taken));
      const passed = parser.passOver();
      at += taken + passed;
      position += taken + passed;
    }
  }
  parser.end();
}
