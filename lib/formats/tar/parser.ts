import { EntryKind } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { isKnownType, kindOf, unknownType } from "./entry-kind.ts";
import { parseFirstHeader } from "./first-header.ts";
import { BLOCK_BYTES, isZeroBlock, parseHeader, type RawHeader, Typeflag } from "./header.ts";
import { MAX_BODY_BYTES, MAX_METADATA_BYTES, MAX_PATH_BYTES } from "./limits.ts";
import { toPlace } from "./path.ts";
import { PendingMetadata } from "./pending-metadata.ts";
import type { TarSink } from "./sink.ts";
import { SparseMap } from "./sparse-map.ts";

const Mode = { header: 0, body: 1, skip: 2, metadata: 3, sparse: 4, map: 5, trailer: 6 } as const;
type Mode = (typeof Mode)[keyof typeof Mode];

/**
 * Reads a tar pushed in chunks of any length; bodies are passed on, never buffered. Where writers and readers differ it follows
 * Go's archive/tar, because that unpacks images: the result is what a container sees.
 *
 * Throws InputError: `bad-tar`, `truncated`, `limit-exceeded`; its place is the member's path, or `byte N` of the tar.
 */
export class TarParser {
  readonly #sink: TarSink;
  readonly #gathered = new Uint8Array(BLOCK_BYTES);
  #gatheredCount = 0;
  #mode: Mode = Mode.header;
  /** Bytes read before the current chunk. */
  #offset = 0;
  /** Remaining bytes of the body, of the part to skip, or of the metadata. */
  #remaining = 0;
  #padding = 0;
  #zeroBlocks = 0;
  #current: RawHeader | undefined;
  #metadata = new Uint8Array(0);
  readonly #pending = new PendingMetadata();
  #map = new SparseMap();

  constructor(sink: TarSink) {
    this.#sink = sink;
  }

  write(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) at = this.#read(chunk, at);
    this.#offset += chunk.length;
  }

  /**
   * Skips the rest of the current body and its padding, for a caller that can seek: returns the bytes of input to leave out
   * before the next `write`, 0 if there is no current body.
   */
  passOver(): number {
    if (this.#mode !== Mode.body && this.#mode !== Mode.skip) return 0;
    const inBody = this.#mode === Mode.body;
    const passed = this.#remaining + (inBody ? this.#padding : 0);
    if (inBody) this.#sink.endEntry();
    this.#remaining = 0;
    this.#mode = Mode.header;
    this.#offset += passed;
    return passed;
  }

  /**
   * Call when the stream has ended. As in Go, an archive may end without its two zero blocks, but only at a header boundary, or without
   * the padding of its last member (`umoci insert` writes such layers).
   */
  end(): void {
    const partial = this.#gathered.subarray(0, this.#gatheredCount);
    const complete = this.#mode === Mode.header && partial.every((byte) => byte === 0);
    if (complete || this.#mode === Mode.trailer) return;
    if (this.#mode === Mode.skip && this.#remaining <= this.#padding) {
      const message = "the tar ends without the padding of its last member; engines accept that, and so did this scan";
      this.#sink.warn(this.#place(), message);
      return;
    }
    const isFirst = this.#offset < BLOCK_BYTES;
    const message = isFirst ? "not a tar archive, or the first bytes of one" : "the tar ends in the middle of a member";
    throw new InputError("truncated", this.#place(), message);
  }

  #read(chunk: Uint8Array, at: number): number {
    switch (this.#mode) {
      case Mode.body:
        return this.#readBody(chunk, at);
      case Mode.skip:
        return this.#skip(chunk, at);
      case Mode.metadata:
        return this.#readMetadata(chunk, at);
      case Mode.trailer:
        return chunk.length;
      default:
        return this.#readBlock(chunk, at);
    }
  }

  /** A whole block is read in place; one split over chunks is joined first. */
  #readBlock(chunk: Uint8Array, at: number): number {
    if (this.#gatheredCount === 0 && at + BLOCK_BYTES <= chunk.length) {
      this.#finishBlock(chunk, at, this.#offset + at);
      return at + BLOCK_BYTES;
    }
    const taken = Math.min(BLOCK_BYTES - this.#gatheredCount, chunk.length - at);
    this.#gathered.set(chunk.subarray(at, at + taken), this.#gatheredCount);
    this.#gatheredCount += taken;
    if (this.#gatheredCount === BLOCK_BYTES) {
      this.#gatheredCount = 0;
      this.#finishBlock(this.#gathered, 0, this.#offset + at + taken - BLOCK_BYTES);
    }
    return at + taken;
  }

  #finishBlock(bytes: Uint8Array, at: number, offset: number): void {
    const block = bytes.subarray(at, at + BLOCK_BYTES);
    if (this.#mode === Mode.sparse) this.#finishSparse(block);
    else if (this.#mode === Mode.map) this.#finishMapBlock(block);
    else if (bytes[at] === 0 && isZeroBlock(bytes, at)) this.#finishZeroBlock();
    else this.#finishHeader(bytes, at, offset);
  }

  #finishZeroBlock(): void {
    this.#zeroBlocks++;
    if (this.#zeroBlocks === 2) this.#mode = Mode.trailer;
  }

  #finishHeader(bytes: Uint8Array, at: number, offset: number): void {
    const place = `byte ${offset}`;
    this.#sink.raw?.(bytes.subarray(at, at + BLOCK_BYTES), "header");
    if (this.#zeroBlocks > 0) throw new InputError("bad-tar", place, "a lone zero block is followed by a header");
    const header = offset === 0 ? parseFirstHeader(bytes, at, place) : parseHeader(bytes, at, place);
    if (PendingMetadata.isMetadata(header.typeflag)) this.#startMetadata(header, place);
    else this.#startMember(header, place);
  }

  #startMetadata(header: RawHeader, place: string): void {
    if (!(header.byteCount >= 0 && header.byteCount <= MAX_METADATA_BYTES)) {
      const message = `a metadata member of ${header.byteCount} bytes; the limit is ${MAX_METADATA_BYTES}`;
      throw new InputError("limit-exceeded", place, message);
    }
    this.#current = header;
    this.#metadata = new Uint8Array(header.byteCount);
    this.#setLengths(header.byteCount);
    this.#mode = Mode.metadata;
    if (this.#remaining === 0) this.#finishMetadata(place);
  }

  #readMetadata(chunk: Uint8Array, at: number): number {
    const piece = this.#take(chunk, at);
    this.#sink.raw?.(piece, "metadata");
    this.#metadata.set(piece, this.#metadata.length - this.#remaining - piece.length);
    if (this.#remaining === 0) this.#finishMetadata(`byte ${this.#offset + at}`);
    return at + piece.length;
  }

  #finishMetadata(place: string): void {
    const setsDefaults = this.#pending.add(this.#current!.typeflag, this.#metadata, place);
    if (setsDefaults) {
      this.#sink.warn(
        place,
        "a global pax header sets defaults for the members after it; engines ignore it, and so did this scan",
      );
    }
    this.#metadata = new Uint8Array(0);
    this.#skipPadding();
  }

  #startMember(header: RawHeader, place: string): void {
    const hasMap = this.#pending.hasSparseMap;
    this.#pending.fold(header);
    const kind = kindOf(header);
    if (!isKnownType(header)) this.#sink.warn(place, unknownType(header));
    const stored = kind === EntryKind.file || header.typeflag === Typeflag.gnuDumpDirectory ? header.byteCount : 0;
    if (!(stored >= 0 && stored <= MAX_BODY_BYTES)) {
      throw new InputError("limit-exceeded", toPlace(header.path), `the header claims a body of ${stored} bytes`);
    }
    // The path may be a view of a chunk that is gone when a later error names it.
    this.#current = header;
    this.#setLengths(stored);
    if (kind === undefined) {
      this.#skipBody();
      return;
    }
    if (hasMap && kind === EntryKind.file && !header.extended) {
      this.#startMap(header);
      return;
    }
    this.#sink.entry({ ...header, kind, byteCount: kind === EntryKind.file ? stored : 0 });
    header.path = header.path.slice(0, MAX_PATH_BYTES);
    if (header.extended) this.#mode = Mode.sparse;
    else if (kind === EntryKind.file) this.#startBody();
    else this.#skipBody();
    if (kind !== EntryKind.file) this.#sink.endEntry();
  }

  #startBody(): void {
    this.#mode = Mode.body;
    if (this.#remaining === 0) this.#finishBody();
  }

  #readBody(chunk: Uint8Array, at: number): number {
    const piece = this.#take(chunk, at);
    this.#sink.body(piece);
    if (this.#remaining === 0) this.#finishBody();
    return at + piece.length;
  }

  #finishBody(): void {
    this.#sink.endEntry();
    this.#skipPadding();
  }

  /** GNU tar manual, "Storing Sparse Files": blocks of 21 map entries, each with a flag for a further block. */
  #finishSparse(block: Uint8Array): void {
    this.#sink.raw?.(block, "map");
    const isExtended = block[504] !== 0;
    if (!isExtended) this.#startBody();
  }

  /** The file is emitted once its map is read: only then is the length of its content known. */
  #startMap(header: RawHeader): void {
    header.path = header.path.slice();
    header.link = header.link.slice();
    this.#map = new SparseMap();
    this.#mode = Mode.map;
    if (this.#remaining === 0) throw new InputError("bad-tar", toPlace(header.path), "a sparse file without its map");
  }

  #finishMapBlock(block: Uint8Array): void {
    const header = this.#current!;
    const place = toPlace(header.path);
    this.#sink.raw?.(block, "map");
    if (this.#remaining < BLOCK_BYTES) throw new InputError("bad-tar", place, "the body ends inside the sparse map");
    this.#remaining -= BLOCK_BYTES;
    if (!this.#map.read(block, place)) return;
    this.#sink.entry({ ...header, kind: EntryKind.file, byteCount: this.#remaining });
    this.#startBody();
  }

  #take(chunk: Uint8Array, at: number): Uint8Array {
    const piece = chunk.subarray(at, Math.min(chunk.length, at + this.#remaining));
    this.#remaining -= piece.length;
    return piece;
  }

  #setLengths(byteCount: number): void {
    this.#remaining = byteCount;
    this.#padding = (BLOCK_BYTES - (byteCount % BLOCK_BYTES)) % BLOCK_BYTES;
  }

  #skipPadding(): void {
    this.#remaining = this.#padding;
    this.#mode = this.#remaining === 0 ? Mode.header : Mode.skip;
  }

  #skipBody(): void {
    this.#remaining += this.#padding;
    this.#mode = this.#remaining === 0 ? Mode.header : Mode.skip;
  }

  #skip(chunk: Uint8Array, at: number): number {
    const piece = this.#take(chunk, at);
    if (this.#remaining === 0) this.#mode = Mode.header;
    return at + piece.length;
  }

  #place(): string {
    const { body, skip, sparse, map } = Mode;
    const inMember = [body, skip, sparse, map].some((mode) => mode === this.#mode);
    return inMember && this.#current ? toPlace(this.#current.path) : `byte ${this.#offset}`;
  }
}
