import { displayPath } from "#lib/model/layer.ts";

/** Bytes of one package's header. Those of the largest packages (100,000 files) have some 20 MiB. */
export const MAX_HEADER_BYTES = 32 * 1024 ** 2;
/** Index entries of a header: rpm's own limit (`HEADER_TAGS_MAX`). */
export const MAX_TAGS = 65_535;

const INTRO_BYTES = 8;
const ENTRY_BYTES = 16;

/** The types of a tag's value (rpm's "RPM V4 Package format", "Header"). */
const Type = { int8: 2, int16: 3, int32: 4, text: 6, texts: 8, translated: 9 } as const;
const WIDTHS: Readonly<Record<number, number>> = { [Type.int8]: 1, [Type.int16]: 2, [Type.int32]: 4 };

/** The tags that package detection reads. */
export const Tag = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  arch: 1022,
  /** Whole paths, in packages older than rpm 4. */
  oldFileNames: 1027,
  fileStates: 1029,
  fileFlags: 1037,
  provideName: 1047,
  requireFlags: 1048,
  requireName: 1049,
  requireVersion: 1050,
  provideFlags: 1112,
  provideVersion: 1113,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
} as const;
export type Tag = (typeof Tag)[keyof typeof Tag];
const TAGS: ReadonlySet<number> = new Set(Object.values(Tag));

interface Entry {
  readonly type: number;
  readonly at: number;
  readonly count: number;
}

/**
 * A package's header as rpm's databases store it: two lengths, an index, and a store of values, all big-endian. A damaged value
 * reads as none, since rpm, too, goes on without it.
 */
export class RpmHeader {
  readonly #blob: Buffer;
  readonly #entries = new Map<number, Entry>();
  readonly #end: number;

  private constructor(blob: Buffer, entryCount: number, end: number) {
    this.#blob = blob;
    this.#end = end;
    const start = INTRO_BYTES + ENTRY_BYTES * entryCount;
    for (let i = 0; i < entryCount; i++) {
      const at = INTRO_BYTES + ENTRY_BYTES * i;
      const tag = blob.readUInt32BE(at);
      // What was added at installation follows the package's own entries and replaces them.
      if (!TAGS.has(tag)) continue;
      const place = { type: blob.readUInt32BE(at + 4), at: start + blob.readUInt32BE(at + 8) };
      this.#entries.set(tag, { ...place, count: blob.readUInt32BE(at + 12) });
    }
  }

  /** `undefined` if the lengths do not fit. */
  static open(bytes: Uint8Array): RpmHeader | undefined {
    if (bytes.length < INTRO_BYTES || bytes.length > MAX_HEADER_BYTES) return undefined;
    const blob = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const entryCount = blob.readUInt32BE(0);
    const end = INTRO_BYTES + ENTRY_BYTES * entryCount + blob.readUInt32BE(4);
    return entryCount === 0 || entryCount > MAX_TAGS || end > bytes.length
      ? undefined
      : new RpmHeader(blob, entryCount, end);
  }

  /** A text; "" if there is none. */
  text(tag: Tag): string {
    return this.texts(tag, 1)[0] ?? "";
  }

  /**
   * At most `maxCount` texts, spelled as the tree spells paths: a byte that is no UTF-8 is `\xHH`. Ends where a damaged list ends.
   */
  texts(tag: Tag, maxCount: number): string[] {
    const entry = this.#entries.get(tag);
    const found: string[] = [];
    if (entry === undefined || !isText(entry.type)) return found;
    for (let at = entry.at; found.length < Math.min(entry.count, maxCount); ) {
      const end = this.#endOfText(at);
      if (end === undefined) break;
      found.push(displayPath(this.#blob.subarray(at, end)));
      at = end + 1;
    }
    return found;
  }

  numbers(tag: Tag, maxCount: number): number[] {
    const entry = this.#entries.get(tag);
    const width = WIDTHS[entry?.type ?? 0];
    if (entry === undefined || width === undefined) return [];
    const count = Math.min(this.#countNumbers(entry, width), maxCount);
    return Array.from({ length: count }, (_, i) => this.#blob.readUIntBE(entry.at + width * i, width));
  }

  /**
   * The same header with the tags read here only: a third of its bytes. Itself if there are none, since a header has a tag, or if a
   * hostile index names some bytes many times.
   */
  condense(): Buffer {
    const values = [...this.#entries].map(([tag, entry]) => ({ tag, type: entry.type, ...this.#valueOf(entry) }));
    const byteCount = values.reduce((sum, { body }) => sum + body.length, 0);
    if (values.length === 0 || byteCount > this.#blob.length) return this.#blob;
    const index = Buffer.alloc(INTRO_BYTES + ENTRY_BYTES * values.length);
    let length = 0;
    for (const [i, { tag, type, count, body }] of values.entries()) {
      const words = [tag, type, length, count];
      for (const [k, word] of words.entries()) index.writeUInt32BE(word, INTRO_BYTES + ENTRY_BYTES * i + 4 * k);
      length += body.length;
    }
    index.writeUInt32BE(values.length, 0);
    index.writeUInt32BE(length, 4);
    return Buffer.concat([index, ...values.map(({ body }) => body)]);
  }

  /** What can be read of a value: a damaged one states more than there is. */
  #valueOf(entry: Entry): { count: number; body: Buffer } {
    const { type, at } = entry;
    const width = WIDTHS[type];
    if (width !== undefined) {
      const count = this.#countNumbers(entry, width);
      return { count, body: this.#blob.subarray(at, at + width * count) };
    }
    let [count, end] = [0, at];
    for (; isText(type) && count < entry.count; count++) {
      const next = this.#endOfText(end);
      if (next === undefined) break;
      end = next + 1;
    }
    return { count, body: this.#blob.subarray(Math.min(at, end), end) };
  }

  #countNumbers({ at, count }: Entry, width: number): number {
    return Math.max(Math.min(count, Math.floor((this.#end - at) / width)), 0);
  }

  /** The NUL that ends the text at this offset. */
  #endOfText(at: number): number | undefined {
    const end = at < this.#end ? this.#blob.indexOf(0, at) : -1;
    return end < 0 || end >= this.#end ? undefined : end;
  }
}

function isText(type: number): boolean {
  return type === Type.text || type === Type.texts || type === Type.translated;
}
