import { encodePaxHeader, NAME_BYTES, nameRecords, paxRecord, sealBlock } from "./encode-header.ts";
import { BLOCK_BYTES, parseHeader, parsePrefix, Typeflag } from "./header.ts";
import { listPaxRecords, type PaxRecord } from "./pax.ts";

/** What is different about a member that is written again. */
export interface MemberChange {
  readonly path: Uint8Array;
  /** Makes it a hard link to this path, without a body. */
  readonly hardLink?: Uint8Array | undefined;
  /** Whole seconds, at least 0. */
  readonly mtime?: number | undefined;
}

const NAMES = new Set(["path", "linkpath", "hdrcharset", "GNU.sparse.name"]);

/**
 * The head of a member, all of it up to its body, under another name; everything else about it is kept byte for byte. `head`: as
 * `TarSink.raw` gave it, filled up to whole blocks. A symlink keeps its target.
 */
export function rewriteHead(head: Uint8Array, change: MemberChange): Uint8Array {
  let records: readonly PaxRecord[] = [];
  let link: Uint8Array | undefined;
  let at = 0;
  for (;;) {
    const header = parseHeader(head, at, "");
    const body = head.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + header.byteCount);
    if (header.typeflag === Typeflag.gnuLongLink)
      link = body.subarray(0, body.indexOf(0) < 0 ? undefined : body.indexOf(0));
    else if (header.typeflag === Typeflag.paxExtended || header.typeflag === Typeflag.solarisExtended)
      records = [...listPaxRecords(body, "")];
    else if (header.typeflag !== Typeflag.gnuLongName) {
      const target = link ?? records.find(({ key }) => key === "linkpath")?.value ?? header.link;
      return rewriteMember(
        head.subarray(at),
        records,
        header.typeflag === Typeflag.symlink ? target : undefined,
        change,
      );
    }
    at += BLOCK_BYTES + Math.ceil(header.byteCount / BLOCK_BYTES) * BLOCK_BYTES;
  }
}

/** `member`: its header block and the maps of a sparse file. */
function rewriteMember(
  member: Uint8Array,
  records: readonly PaxRecord[],
  target: Uint8Array | undefined,
  { path, hardLink, mtime }: MemberChange,
): Uint8Array {
  const isDropped = ({ key }: PaxRecord) =>
    NAMES.has(key) ||
    (mtime !== undefined && key === "mtime") ||
    (hardLink !== undefined && (key === "size" || key.startsWith("GNU.sparse.")));
  const link = hardLink ?? target;
  const kept = records.filter((record) => !isDropped(record)).map(({ key, value }) => paxRecord(key, value));
  // A sparse file has its own name in a record, and a made-up one in the block.
  const isSparse = hardLink === undefined && records.some(({ key }) => key.startsWith("GNU.sparse."));
  const sparseName = isSparse ? [paxRecord("GNU.sparse.name", path)] : [];
  const named = encodePaxHeader(Buffer.concat([...nameRecords({ path, link }), ...kept, ...sparseName]));
  const block = Buffer.from(member.subarray(0, BLOCK_BYTES));
  setName(block, path, link);
  if (mtime !== undefined) block.write(`${mtime.toString(8).padStart(11, "0")}\0`, 136, "latin1");
  if (hardLink === undefined) return Buffer.concat([named, sealBlock(block), member.subarray(BLOCK_BYTES)]);
  block[156] = Typeflag.hardLink;
  block.write(`${"0".repeat(11)}\0`, 124, "latin1");
  return Buffer.concat([named, sealBlock(block)]);
}

/** Where a prefix is part of the name, it is removed; in GNU's format other fields are in its place. */
function setName(block: Buffer, path: Uint8Array, link: Uint8Array | undefined): void {
  block.fill(0, 0, NAME_BYTES).set(path.subarray(0, NAME_BYTES), 0);
  block.fill(0, 157, 257);
  if (link !== undefined) block.set(link.subarray(0, NAME_BYTES), 157);
  if (parsePrefix(block).length > 0) block.fill(0, 345, 500);
}
