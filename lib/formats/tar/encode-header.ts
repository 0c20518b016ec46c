import { BLOCK_BYTES, Typeflag } from "./header.ts";

/** A member to be written. Paths are bytes, since a file system does not know their encoding. */
export interface TarMember {
  readonly typeflag: number;
  /** Without a leading slash. */
  readonly path: Uint8Array;
  /** Target of a symlink or hard link. */
  readonly link?: Uint8Array | undefined;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Whole seconds since the epoch. */
  readonly mtime: number;
  /** Bytes of the body that follows; 0 for all but files. */
  readonly byteCount: number;
}

const NAME_BYTES = 100;
/** The largest number in a field of eleven octal digits, and of seven. */
const MAX_LONG = 8 ** 11 - 1;
const MAX_SHORT = 8 ** 7 - 1;

/**
 * The header blocks of a member (POSIX.1-2017 pax, "ustar Interchange Format"), with a pax header in front for what does not fit.
 * The body follows, filled up with `padding`.
 */
export function encodeHeader(member: TarMember): Uint8Array {
  const records = paxRecords(member);
  const header = encodeBlock(member);
  if (records.length === 0) return header;
  const pax = { typeflag: Typeflag.paxExtended, path: Buffer.from("pax"), mode: 0o644, uid: 0, gid: 0, mtime: 0 };
  const body = Buffer.concat([records, padding(records.length)]);
  return Buffer.concat([encodeBlock({ ...pax, byteCount: records.length }), body, header]);
}

/** Zeros up to the next block. */
export function padding(byteCount: number): Uint8Array {
  return new Uint8Array((BLOCK_BYTES - (byteCount % BLOCK_BYTES)) % BLOCK_BYTES);
}

/** The end of an archive. */
export function endBlocks(): Uint8Array {
  return new Uint8Array(2 * BLOCK_BYTES);
}

function paxRecords({ path, link, uid, gid, mtime, byteCount }: TarMember): Uint8Array {
  const records: Uint8Array[] = [];
  if (path.length > NAME_BYTES) records.push(paxRecord("path", path));
  if (link !== undefined && link.length > NAME_BYTES) records.push(paxRecord("linkpath", link));
  const numbers = {
    uid: [uid, MAX_SHORT],
    gid: [gid, MAX_SHORT],
    size: [byteCount, MAX_LONG],
    mtime: [mtime, MAX_LONG],
  };
  for (const [name, [value, max]] of Object.entries(numbers)) {
    if (value! < 0 || value! > max!) records.push(paxRecord(name, Buffer.from(`${value}`)));
  }
  return Buffer.concat(records);
}

/** `LENGTH NAME=VALUE\n`, where the length counts its own digits. */
function paxRecord(name: string, value: Uint8Array): Uint8Array {
  const rest = Buffer.concat([Buffer.from(` ${name}=`), value, Buffer.from("\n")]);
  let length = rest.length + 1;
  while (`${length}`.length + rest.length !== length) length += 1;
  return Buffer.concat([Buffer.from(`${length}`), rest]);
}

/** Numbers that do not fit are 0: a pax record has them. */
function encodeBlock({ typeflag, path, link, mode, uid, gid, mtime, byteCount }: TarMember): Uint8Array {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(path.subarray(0, NAME_BYTES), 0);
  const numbers = [
    [100, 8, mode],
    [108, 8, uid],
    [116, 8, gid],
    [124, 12, byteCount],
    [136, 12, mtime],
  ] as const;
  for (const [at, length, value] of numbers) {
    const fits = value >= 0 && value < 8 ** (length - 1);
    block.write((fits ? value : 0).toString(8).padStart(length - 1, "0"), at, "latin1");
  }
  block[156] = typeflag;
  if (link !== undefined) block.set(link.subarray(0, NAME_BYTES), 157);
  block.write("ustar\0" + "00", 257, "latin1");
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0`, 148, "latin1");
  return block;
}
