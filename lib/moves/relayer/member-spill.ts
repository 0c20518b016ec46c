import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { BLOCK_BYTES } from "#lib/formats/tar/index.ts";
import { unwritableWords } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import type { ImageTarget } from "../sink/image-target.ts";
import { partialMembers } from "../sink/partial-folder.ts";

/** Bytes written and read at once. */
const BUFFER_BYTES = 1024 ** 2;

/**
 * A file that keeps the members of all layers one after another, so that layers can be written in any order although sources are read
 * once. As large as the layers unpacked; memory does not grow with it.
 */
export class MemberSpill {
  /** The target in messages. */
  readonly #shown: string;
  readonly #handle: number;
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  #buffered = 0;
  #written = 0;

  private constructor(shown: string, handle: number) {
    this.#shown = shown;
    this.#handle = handle;
  }

  /** On the disk of what is to be written. Throws UnreachableError if the file cannot be created. */
  static open(target: ImageTarget): MemberSpill {
    const file = partialMembers(target);
    const shown = target.kind === "registry" ? dirname(file) : target.shown;
    return new MemberSpill(
      shown,
      attempt(shown, () => openUnnamed(file)),
    );
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
      const count = attempt(this.#shown, () => readSync(this.#handle, piece, 0, piece.length, start + at));
      if (count === 0) throw new UnreachableError(`${this.#shown}: a file beside it was cut off while it was in use`);
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
      at += attempt(this.#shown, () => writeSync(this.#handle, this.#buffer, from, this.#buffered - from));
    }
    this.#written += this.#buffered;
    this.#buffered = 0;
  }
}

/** The file loses its name at once, so that its room is free again however this process ends. */
function openUnnamed(file: string): number {
  const handle = openSync(file, "wx+", 0o600);
  unlinkSync(file);
  return handle;
}

function attempt<T>(shown: string, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    throw new UnreachableError(`${shown}: ${unwritableWords(cause)}`, { cause });
  }
}
