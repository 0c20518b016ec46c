import type { FaultList } from "#lib/model/fault.ts";

/**
 * rpm's own database format, `Packages.db` (rpm's lib/backend/ndb/rpmpkg.c): pages of slots, each with the number of a package and
 * the place of its blob. All numbers are little-endian.
 */

const HEADER_MAGIC = word("RpmP");
const SLOT_MAGIC = word("Slot");
const BLOB_MAGIC = word("BlbS");
const SUPPORTED_VERSION = 0;
const HEADER_BYTES = 32;
const SLOT_BYTES = 16;
const PAGE_BYTES = 4096;
const BLOCK_BYTES = 16;
const BLOB_HEADER_BYTES = 16;

function word(text: string): number {
  return Buffer.from(text).readUInt32LE();
}

export function isNdb(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_BYTES && viewOf(bytes).getUint32(0, true) === HEADER_MAGIC;
}

/** The packages' headers in the order of their slots; damage is reported, and the rest is read. */
export function* eachNdbHeader(bytes: Uint8Array, faults: FaultList): Generator<Uint8Array> {
  const view = viewOf(bytes);
  const version = view.getUint32(4, true);
  if (version !== SUPPORTED_VERSION) {
    faults.add(`version ${version} of the format is not known`);
    return;
  }
  const slotsEnd = view.getUint32(12, true) * PAGE_BYTES;
  if (slotsEnd > bytes.length) faults.add(`the database is truncated: its slots need ${slotsEnd} bytes`);
  // Blobs do not overlap: the output is no longer than the file.
  let left = bytes.length;
  for (let at = HEADER_BYTES; at + SLOT_BYTES <= Math.min(slotsEnd, bytes.length); at += SLOT_BYTES) {
    const slot = { magic: view.getUint32(at, true), index: view.getUint32(at + 4, true) };
    if (slot.magic === SLOT_MAGIC && slot.index === 0) continue;
    const blob = slot.magic === SLOT_MAGIC ? readBlob(view, slot.index, view.getUint32(at + 8, true)) : undefined;
    left -= blob?.length ?? 0;
    if (left < 0) {
      faults.add("the database is damaged: blobs overlap");
      return;
    }
    if (blob === undefined) faults.add(`the slot at byte ${at} leads to no package`);
    else yield blob;
  }
}

/** `undefined` if the package's blob is not there. */
function readBlob(view: DataView, index: number, block: number): Uint8Array | undefined {
  const at = block * BLOCK_BYTES;
  if (at + BLOB_HEADER_BYTES > view.byteLength) return undefined;
  if (view.getUint32(at, true) !== BLOB_MAGIC || view.getUint32(at + 4, true) !== index) return undefined;
  const start = at + BLOB_HEADER_BYTES;
  const length = view.getUint32(at + 12, true);
  return start + length > view.byteLength ? undefined : new Uint8Array(view.buffer, view.byteOffset + start, length);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
