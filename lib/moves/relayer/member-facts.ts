import { createHash } from "node:crypto";
import {
  BLOCK_BYTES,
  listPaxRecords,
  type RawPart,
  sealBlock,
  type TarEntry,
  Typeflag,
} from "#lib/formats/tar/index.ts";
import { EntryKind } from "#lib/model/layer.ts";

/** Bytes of what identifies the attributes of a member. */
export const FACT_BYTES = 16;

/** Records that say what the entry says already, or what no file system keeps. */
const LEFT_OUT = new Set([
  ...["path", "linkpath", "size", "uid", "gid", "mtime", "atime", "ctime", "uname", "gname", "comment", "hdrcharset"],
  ...["GNU.sparse.name", "LIBARCHIVE.creationtime", "SCHILY.dev", "SCHILY.ino", "SCHILY.nlink"],
]);

/** The head of one member as it is read: its bytes, and what they say beyond the entry. */
export class MemberHead {
  #pieces: Uint8Array[] = [];
  #byteCount = 0;
  #block: Uint8Array = new Uint8Array(BLOCK_BYTES);
  #records: Uint8Array[] = [];
  #isGlobal = false;

  add(piece: Uint8Array, part: RawPart): void {
    if (part === "header") this.#start(piece);
    // A global header says nothing about one member, and engines ignore it.
    if (this.#isGlobal) return;
    this.#push(part === "header" ? toPlainDirectory(piece) : piece.slice());
    if (part === "metadata" && isPax(this.#block)) this.#records.push(piece.slice());
  }

  #start(block: Uint8Array): void {
    this.#fill();
    this.#isGlobal = block[156] === Typeflag.paxGlobal;
    if (this.#isGlobal) return;
    this.#block = block.slice();
    // As in Go, of two pax headers the later one counts.
    if (isPax(block)) this.#records = [];
  }

  /** Everything so far in whole blocks. Begins the next one. */
  take(): Uint8Array {
    this.#fill();
    const head = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#byteCount = 0;
    this.#records = [];
    return head;
  }

  /**
   * Equal for members of equal kind, attributes, link and holes: what the squashed tree has of them, beside names and contents. `place`:
   * in the layer, for a file of which no equal one can be recognised. With `mtime`, that time is everyone's.
   */
  facts(entry: TarEntry, place: string, mtime: number | undefined): Uint8Array {
    const hash = createHash("sha256");
    const { kind, mode, uid, gid } = entry;
    const records = [...listPaxRecords(Buffer.concat(this.#records), place)];
    hash.update(`${kind} ${mode & 0o7777} ${uid} ${gid} ${mtime ?? exactTime(entry, records)}\0`);
    if (kind === EntryKind.symlink) hash.update(entry.link);
    if (kind === EntryKind.charDevice || kind === EntryKind.blockDevice) hash.update(this.#block.subarray(329, 345));
    if (this.#block[156] === Typeflag.gnuSparse) hash.update(this.#sparseMap(place));
    const kept = new Map(records.filter(({ key }) => !LEFT_OUT.has(key)).map(({ key, value }) => [key, value]));
    for (const key of [...kept.keys()].sort()) hash.update(`\0${key}=${kept.get(key)!.length}=`).update(kept.get(key)!);
    return hash.digest().subarray(0, FACT_BYTES);
  }

  /** GNU's old format: the map begins in the header block; blocks with more of it follow the entry. */
  #sparseMap(place: string): Uint8Array {
    return this.#block[482] === 0 ? this.#block.subarray(386, 495) : Buffer.from(place);
  }

  #push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#byteCount += piece.length;
  }

  #fill(): void {
    const rest = this.#byteCount % BLOCK_BYTES;
    if (rest > 0) this.#push(new Uint8Array(BLOCK_BYTES - rest));
  }
}

/** A directory of GNU's incremental archives, whose body lists what was in it, as any other one. */
function toPlainDirectory(piece: Uint8Array): Uint8Array {
  const block = Buffer.from(piece);
  if (block[156] !== Typeflag.gnuDumpDirectory) return block;
  block[156] = Typeflag.directory;
  block.write(`${"0".repeat(11)}\0`, 124, "latin1");
  return sealBlock(block);
}

function isPax(block: Uint8Array): boolean {
  return block[156] === Typeflag.paxExtended || block[156] === Typeflag.solarisExtended;
}

/** To the last digit, in one spelling. */
function exactTime(entry: TarEntry, records: readonly { key: string; value: Uint8Array }[]): string {
  const written = records.findLast(({ key, value }) => key === "mtime" && value.length > 0);
  const fraction = written && /\.(\d*[1-9])/.exec(Buffer.from(written.value).toString("latin1"))?.[1];
  return fraction === undefined ? `${entry.mtime}` : `${entry.mtime}.${fraction}`;
}
