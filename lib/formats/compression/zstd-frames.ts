import { InputError } from "#lib/model/problem.ts";

/** The next field to read. */
const State = {
  magic: 0,
  skippableLength: 1,
  skippableBody: 2,
  descriptor: 3,
  headerRest: 4,
  blockHeader: 5,
  blockBody: 6,
  checksum: 7,
  /** Not a frame: everything goes to the decoder, which reports the error. */
  unknown: 8,
} as const;
type State = (typeof State)[keyof typeof State];

const MAGIC_BYTES = 4;
const ZSTD_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const RLE_BLOCK = 1;
const COMPRESSED_BLOCK = 2;

/**
 * Splits a zstd stream at its frames (RFC 8878, 3.1): Node's decoder drops bytes after a frame in the same write as trailing
 * garbage, but continues with a frame that begins a new write. Streams of many frames are common: `pzstd` writes one per thread,
 * zstd:chunked one per file. Skippable frames are left out.
 */
export class ZstdFrameCutter {
  /** True once a frame that may contain bytes has begun. */
  sawFrame = false;
  #state: State = State.magic;
  /** Remaining bytes of the current field, and those read of it as a little-endian number. */
  #missing = MAGIC_BYTES;
  #gathered = 0;
  #shift = 0;
  #magic = 0;
  #hasChecksum = false;
  #lastBlock = false;
  /** Bytes of the stream up to the end of the current field. */
  #offset = 0;

  /** True if the stream may end here. */
  get atFrameEnd(): boolean {
    return this.#state === State.magic && this.#missing === MAGIC_BYTES;
  }

  /**
   * The parts of this chunk for the decoder, in order; write each separately. A magic number split over chunks is held back until
   * it is known whether its frame is skipped. Throws InputError `bad-compression`.
   */
  cut(chunk: Uint8Array): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let start = 0;
    let at = 0;
    while (at < chunk.length) {
      const before = at;
      const inMagic = this.#state === State.magic;
      const split = inMagic && this.#missing < MAGIC_BYTES;
      const skipped = this.#skipping;
      at = this.#read(chunk, at);
      if (skipped || this.#skipping || (inMagic && this.#state === State.magic)) {
        start = at;
      } else if (split) {
        pieces.push(this.#magicBytes());
        start = at;
      } else if (inMagic) {
        start = before;
      } else if (this.atFrameEnd) {
        pieces.push(chunk.subarray(start, at));
        start = at;
      }
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    return pieces;
  }

  #magicBytes(): Uint8Array {
    const bytes = new Uint8Array(MAGIC_BYTES);
    new DataView(bytes.buffer).setUint32(0, this.#magic, true);
    return bytes;
  }

  get #skipping(): boolean {
    return this.#state === State.skippableLength || this.#state === State.skippableBody;
  }

  /** Reads within one field; returns where it stopped. */
  #read(chunk: Uint8Array, at: number): number {
    if (this.#state === State.unknown) return chunk.length;
    const taken = Math.min(this.#missing, chunk.length - at);
    if (this.#state !== State.skippableBody && this.#state !== State.blockBody) this.#gather(chunk, at, taken);
    this.#missing -= taken;
    this.#offset += taken;
    if (this.#missing === 0) this.#finishField();
    return at + taken;
  }

  #gather(chunk: Uint8Array, at: number, count: number): void {
    for (let i = at; i < at + count && this.#shift < 4; i++, this.#shift++) {
      this.#gathered += chunk[i]! * 256 ** this.#shift;
    }
  }

  #next(state: State, missing: number): void {
    this.#state = state;
    this.#missing = missing;
    this.#gathered = 0;
    this.#shift = 0;
    if (missing === 0) this.#finishField();
  }

  #finishField(): void {
    switch (this.#state) {
      case State.magic:
        this.#finishMagic(this.#gathered);
        break;
      case State.skippableLength:
        this.#next(State.skippableBody, this.#gathered);
        break;
      case State.descriptor:
        this.#finishDescriptor(this.#gathered);
        break;
      case State.headerRest:
        this.#next(State.blockHeader, 3);
        break;
      case State.blockHeader:
        this.#finishBlockHeader(this.#gathered);
        break;
      case State.blockBody:
        this.#finishBlock();
        break;
      default:
        this.#next(State.magic, MAGIC_BYTES);
    }
  }

  #finishMagic(magic: number): void {
    this.#magic = magic;
    const skippable = magic >= SKIPPABLE_MAGIC && magic <= SKIPPABLE_MAGIC + 15;
    if (!skippable) this.sawFrame = true;
    if (skippable) this.#next(State.skippableLength, 4);
    else if (magic === ZSTD_MAGIC) this.#next(State.descriptor, 1);
    else this.#next(State.unknown, 1);
  }

  #finishBlock(): void {
    if (!this.#lastBlock) this.#next(State.blockHeader, 3);
    else if (this.#hasChecksum) this.#next(State.checksum, 4);
    else this.#next(State.magic, MAGIC_BYTES);
  }

  /** RFC 8878, 3.1.1.1.1: the descriptor gives the length of the rest of the frame header. */
  #finishDescriptor(descriptor: number): void {
    const singleSegment = (descriptor & 0x20) !== 0;
    const contentSizeFlag = descriptor >> 6;
    const contentSizeBytes = contentSizeFlag === 0 && singleSegment ? 1 : CONTENT_SIZE_BYTES[contentSizeFlag]!;
    this.#hasChecksum = (descriptor & 0x04) !== 0;
    this.#next(State.headerRest, (singleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 3]! + contentSizeBytes);
  }

  /**
   * RFC 8878, 3.1.1.2: a run-length block contains one byte, whatever its expanded length. A compressed one begins with the
   * headers of its sections: libzstd accepts one of no bytes if the frame comes in parts, and refuses it in one piece.
   */
  #finishBlockHeader(header: number): void {
    this.#lastBlock = (header & 1) !== 0;
    const type = (header >> 1) & 3;
    if (type === COMPRESSED_BLOCK && header >> 3 === 0)
      throw new InputError("bad-compression", `byte ${this.#offset}`, "a compressed block of no bytes");
    this.#next(State.blockBody, type === RLE_BLOCK ? 1 : header >> 3);
  }
}
