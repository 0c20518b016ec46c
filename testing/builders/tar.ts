/** A tar member in a test: everything has a default, and everything may be wrong. */
export interface TarMember {
  readonly path: string | Uint8Array;
  /** The typeflag's character; default: a file. */
  readonly type?: string;
  readonly body?: string | Uint8Array;
  readonly link?: string | Uint8Array;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  /** The size field, if it differs from the body's length. */
  readonly claimedBytes?: number;
  /** Written as a pax extended header before the member. */
  readonly pax?: Readonly<Record<string, string | Uint8Array>>;
  /** Major and minor number of a device. */
  readonly device?: readonly [number, number];
  readonly format?: "ustar" | "gnu" | "v7";
  /** The ustar prefix field, unchanged. */
  readonly prefix?: string;
}

const BLOCK = 512;
const MAGIC = { ustar: "ustar\0" + "00", gnu: "ustar  \0", v7: "" };

/** The members one after another, and `endBlocks` zero blocks (two end a tar). */
export function buildTar(members: readonly TarMember[], { endBlocks = 2 } = {}): Uint8Array {
  return Buffer.concat([...members.map(buildMember), Buffer.alloc(endBlocks * BLOCK)]);
}

/** Header, body and padding of one member, after its pax header if it has one. */
export function buildMember(member: TarMember): Uint8Array {
  const body = toBytes(member.body ?? "");
  const records = member.pax && buildMember({ path: "pax", type: "x", body: paxRecords(member.pax) });
  const before = records?.length ?? 0;
  const bytes = Buffer.alloc(before + BLOCK + Math.ceil(body.length / BLOCK) * BLOCK);
  if (records) bytes.set(records);
  bytes.set(body, before + BLOCK);
  writeHeader(bytes.subarray(before, before + BLOCK), member, body.length);
  return bytes;
}

/** Only the header block. */
export function buildHeader(member: TarMember): Uint8Array {
  return writeHeader(Buffer.alloc(BLOCK), member, toBytes(member.body ?? "").length);
}

/** Into a block of zeros. */
function writeHeader(block: Buffer, member: TarMember, bodyLength: number): Uint8Array {
  block.set(toBytes(member.path).subarray(0, 100), 0);
  writeNumber(block, 100, 8, member.mode ?? 0o644);
  writeNumber(block, 108, 8, member.uid ?? 0);
  writeNumber(block, 116, 8, member.gid ?? 0);
  writeNumber(block, 124, 12, member.claimedBytes ?? bodyLength);
  writeNumber(block, 136, 12, member.mtime ?? 0);
  block.write(member.type ?? "0", 156, "latin1");
  block.set(toBytes(member.link ?? "").subarray(0, 100), 157);
  block.write(MAGIC[member.format ?? "ustar"], 257, "latin1");
  for (const [i, number] of (member.device ?? []).entries()) writeNumber(block, 329 + 8 * i, 8, number);
  block.write(member.prefix ?? "", 345, 155, "latin1");
  return sealHeader(block);
}

/** Writes the correct checksum of the block's other bytes. */
export function sealHeader(block: Uint8Array): Uint8Array {
  block.fill(0x20, 148, 156);
  let sum = 0;
  for (let i = 0; i < block.length; i++) sum += block[i]!;
  block.set(Buffer.from(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return block;
}

/** Pax records with correct lengths. */
export function paxRecords(records: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return Buffer.concat(Object.entries(records).map(([key, value]) => paxRecord(key, toBytes(value))));
}

function paxRecord(key: string, value: Uint8Array): Uint8Array {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from("\n")]);
  let length = rest.length + 1;
  while (`${length}`.length + rest.length !== length) length++;
  return Buffer.concat([Buffer.from(`${length}`), rest]);
}

/** Octal if it fits, else base-256 (GNU), big-endian two's complement. */
function writeNumber(block: Buffer, start: number, length: number, value: number): void {
  const digits = value.toString(8).padStart(length - 1, "0");
  if (value >= 0 && digits.length < length) {
    block.write(`${digits}\0`, start, "latin1");
    return;
  }
  let rest = BigInt(value);
  for (let i = start + length - 1; i >= start; i--) {
    block[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  block[start]! |= 0x80;
}

function toBytes(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? Buffer.from(text) : text;
}

/** The bytes in chunks of this many. */
export async function* inChunks(bytes: Uint8Array, chunkBytes = bytes.length || 1): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** All chunks joined. */
export async function joinChunks(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
