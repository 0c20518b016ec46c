import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { BLOCK_BYTES } from "#lib/formats/tar/index.ts";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";

/** Bytes written and read at once. */
const BUFFER_BYTES = 1024 ** 2;

/**
 * A file that keeps the members of all layers one after another, so that layers can be written in any order although sources are read
 * once. As large as the layers unpacked; memory does not grow with it.
 */
export class MemberSpill {
  readonly #file: string;
  readonly #handle: number;
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  #buffered = 0;
  #written = 0;

  /** Throws UnreachableError if the file cannot be created. */
  constructor(file: string) {
    this.#file = file;
    this.#handle = this.#attempt(() => openSync(file, "wx+", 0o600));
  }

  /** Where the next byte goes. */
  get end(): number {
    return this.#written + this.#buffered;
  }

  /** Throws UnreachableError if the disk is full. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const taken = Math.min(BUFFER_BYTES - this.#buffered, bytes.length - at);
      this.#buffer.set(bytes.subarray(at, at + taken), this.#buffered);
      this.#buffered += taken;
      at += taken;
      if (this.#buffered === BUFFER_BYTES) this.#flush();
    }
  }

  /** Fills up the block. */
  pad(): void {
    this.write(new Uint8Array((BLOCK_BYTES - (this.end % BLOCK_BYTES)) % BLOCK_BYTES));
  }

  *read(start: number, length: number): Generator<Uint8Array> {
    this.#flush();
    for (let at = 0; at < length; ) {
      const piece = Buffer.allocUnsafe(Math.min(BUFFER_BYTES, length - at));
      const count = this.#attempt(() => readSync(this.#handle, piece, 0, piece.length, start + at));
      if (count === 0) throw new UnreachableError(`${this.#file} was cut off while it was in use`);
      yield piece.subarray(0, count);
      at += count;
    }
  }

  close(): void {
    closeSync(this.#handle);
  }

  #flush(): void {
    for (let at = 0; at < this.#buffered; ) {
      const from = at;
      at += this.#attempt(() => writeSync(this.#handle, this.#buffer, from, this.#buffered - from));
    }
    this.#written += this.#buffered;
    this.#buffered = 0;
  }

  #attempt<T>(use: () => T): T {
    try {
      return use();
    } catch (cause) {
      throw new UnreachableError(`${this.#file}: cannot be written or read (${errorCode(cause)})`, { cause });
    }
  }
}
