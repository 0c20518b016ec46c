import { isUtf8 } from "node:buffer";
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
  /** Part of a second, 0 to 999,999,999; default: 0. */
  readonly nanoseconds?: number;
  /** Numbers of a device. */
  readonly device?: { readonly major: number; readonly minor: number };
  /** Name → value, each byte a character. */
  readonly xattrs?: ReadonlyMap<string, string>;
  /** Bytes of the body that follows; 0 for all but files. */
  readonly byteCount: number;
}

/** Bytes of a name in a header block. */
export const NAME_BYTES = 100;
/** The largest number in a field of eleven octal digits, and of seven. */
const MAX_LONG = 8 ** 11 - 1;
const MAX_SHORT = 8 ** 7 - 1;

/**
 * The header blocks of a member (POSIX.1-2017 pax, "ustar Interchange Format"), with a pax header in front for what does not fit.
 * The body follows, filled up with `padding`.
 */
export function encodeHeader(member: TarMember): Uint8Array {
  return Buffer.concat([encodePaxHeader(paxRecords(member)), encodeBlock(member)]);
}

/** The blocks of a pax header with these records; nothing if there are none. */
export function encodePaxHeader(records: Uint8Array): Uint8Array {
  if (records.length === 0) return records;
  const pax = { typeflag: Typeflag.paxExtended, path: Buffer.from("pax"), mode: 0o644, uid: 0, gid: 0, mtime: 0 };
  const body = Buffer.concat([records, padding(records.length)]);
  return Buffer.concat([encodeBlock({ ...pax, byteCount: records.length }), body]);
}

/** Zeros up to the next block. */
export function padding(byteCount: number): Uint8Array {
  return new Uint8Array((BLOCK_BYTES - (byteCount % BLOCK_BYTES)) % BLOCK_BYTES);
}

/** The end of an archive. */
export function endBlocks(): Uint8Array {
  return new Uint8Array(2 * BLOCK_BYTES);
}

function paxRecords(member: TarMember): Uint8Array {
  return Buffer.concat([...nameRecords(member), ...numberRecords(member), ...xattrRecords(member)]);
}

/** Names that are too long. Readers take records for UTF-8 unless they say otherwise (POSIX.1-2017 pax, "hdrcharset"). */
export function nameRecords({ path, link }: Pick<TarMember, "path" | "link">): Uint8Array[] {
  const long = [
    { key: "path", name: path },
    { key: "linkpath", name: link ?? new Uint8Array(0) },
  ].filter(({ name }) => name.length > NAME_BYTES);
  const isText = long.every(({ name }) => isUtf8(name));
  const charset = isText ? [] : [paxRecord("hdrcharset", Buffer.from("BINARY"))];
  return [...charset, ...long.map(({ key, name }) => paxRecord(key, name))];
}

function numberRecords({ uid, gid, mtime, nanoseconds = 0, byteCount }: TarMember): Uint8Array[] {
  const fields = [
    { key: "uid", fits: uid >= 0 && uid <= MAX_SHORT, text: `${uid}` },
    { key: "gid", fits: gid >= 0 && gid <= MAX_SHORT, text: `${gid}` },
    { key: "size", fits: byteCount <= MAX_LONG, text: `${byteCount}` },
    { key: "mtime", fits: mtime >= 0 && mtime <= MAX_LONG && nanoseconds === 0, text: toTime(mtime, nanoseconds) },
  ];
  return fields.filter(({ fits }) => !fits).map(({ key, text }) => paxRecord(key, Buffer.from(text)));
}

/** A time before the epoch counts down: −2 s and 0.75 s are −1.25. */
function toTime(seconds: number, nanoseconds: number): string {
  if (nanoseconds === 0) return `${seconds}`;
  const isEarly = seconds < 0;
  const whole = isEarly ? -seconds - 1 : seconds;
  const part = isEarly ? 1_000_000_000 - nanoseconds : nanoseconds;
  return `${isEarly ? "-" : ""}${whole}.${`${part}`.padStart(9, "0")}`;
}

/** As star, GNU tar and Go write them, in the order of their names. */
function xattrRecords({ xattrs = new Map() }: TarMember): Uint8Array[] {
  const names = [...xattrs.keys()].sort();
  return names.map((name) => paxRecord(`SCHILY.xattr.${name}`, Buffer.from(xattrs.get(name)!, "latin1")));
}

/** `LENGTH NAME=VALUE\n`, where the length counts its own digits. */
export function paxRecord(name: string, value: Uint8Array): Uint8Array {
  const rest = Buffer.concat([Buffer.from(` ${name}=`), value, Buffer.from("\n")]);
  let length = rest.length + 1;
  while (`${length}`.length + rest.length !== length) length += 1;
  return Buffer.concat([Buffer.from(`${length}`), rest]);
}

/** Numbers that do not fit are 0: a pax record has them. */
function encodeBlock(member: TarMember): Uint8Array {
  const { typeflag, path, link, mode, uid, gid, mtime, byteCount, device } = member;
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(path.subarray(0, NAME_BYTES), 0);
  const numbers = [
    [100, 8, mode],
    [108, 8, uid],
    [116, 8, gid],
    [124, 12, byteCount],
    [136, 12, mtime],
    ...(device === undefined ? [] : [[329, 8, device.major] as const, [337, 8, device.minor] as const]),
  ] as const;
  for (const [at, length, value] of numbers) {
    const fits = value >= 0 && value < 8 ** (length - 1);
    block.write((fits ? value : 0).toString(8).padStart(length - 1, "0"), at, "latin1");
  }
  block[156] = typeflag;
  if (link !== undefined) block.set(link.subarray(0, NAME_BYTES), 157);
  block.write("ustar\0" + "00", 257, "latin1");
  return sealBlock(block);
}

/** Writes the checksum of the block's other bytes. */
export function sealBlock(block: Buffer): Buffer {
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0`, 148, "latin1");
  return block;
}
