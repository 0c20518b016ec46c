/** Bytes collected before they are passed on: a hash takes few large pieces faster than many small ones. */
const BUFFER_BYTES = 1024 ** 2;

/**
 * Writes a Nix Archive of a store item while the item is walked. The framing is written here; the caller reads the bytes of a
 * file straight into their place in the archive, so they are never copied.
 *
 * Format: Dolstra, "The Purely Functional Software Deployment Model" (2006), figure 5.2; Nix manual, "Nix Archive (NAR) format".
 * A string is its length (64 bits, little-endian), its bytes, and zeros up to a multiple of 8. Owner, times and all permissions
 * except "executable" are not in it. The entries of a directory must come in ascending order of their names' bytes.
 */
export class NarEncoder {
  readonly #flush: (piece: Uint8Array) => void;
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  #filled = 0;
  #flushed = 0;
  #depth = 0;
  /** Padding zeros of the current body. */
  #padding = 0;

  /** `flush` gets the archive piece by piece, and may not use a piece after it returns. */
  constructor(flush: (piece: Uint8Array) => void) {
    this.#flush = flush;
  }

  /** Bytes of the archive so far. */
  get byteCount(): number {
    return this.#flushed + this.#filled;
  }

  /** Starts another archive. */
  start(): void {
    [this.#filled, this.#flushed, this.#depth] = [0, 0, 0];
    this.#write(MAGIC);
  }

  /** A directory; its entries follow, then `endDirectory`. `name` is its name in the directory above, not used for the item itself. */
  directory(name: Uint8Array): void {
    this.#startNode(name);
    this.#write(DIRECTORY);
    this.#depth += 1;
  }

  endDirectory(): void {
    this.#depth -= 1;
    this.#endNode();
  }

  symlink(name: Uint8Array, target: Uint8Array): void {
    this.#startNode(name);
    this.#write(SYMLINK);
    this.#string(target);
    this.#endNode();
  }

  /** A regular file of exactly this many bytes: they follow through `room` and `filled`, then `endFile`. */
  file(name: Uint8Array, { executable, byteCount }: { executable: boolean; byteCount: number }): void {
    this.#startNode(name);
    this.#write(executable ? EXECUTABLE : REGULAR);
    this.#length(byteCount);
    this.#padding = paddingOf(byteCount);
  }

  /** The buffer for the file's next bytes: at least one byte long, and as long as requested if that fits. */
  room(byteCount: number): Uint8Array {
    const wanted = Math.min(byteCount, BUFFER_BYTES);
    if (BUFFER_BYTES - this.#filled < wanted) this.#empty();
    return this.#buffer.subarray(this.#filled, this.#filled + wanted);
  }

  /** Number of bytes written to `room`. */
  filled(byteCount: number): void {
    this.#filled += byteCount;
  }

  endFile(): void {
    this.#write(ZEROS.subarray(0, this.#padding));
    this.#endNode();
  }

  /** Passes on the rest of the archive. */
  finish(): void {
    this.#empty();
  }

  #startNode(name: Uint8Array): void {
    if (this.#depth > 0) {
      this.#write(ENTRY);
      this.#string(name);
      this.#write(NODE);
    }
    this.#write(OPEN);
  }

  #endNode(): void {
    this.#write(this.#depth > 0 ? CLOSE_TWICE : CLOSE);
  }

  #string(bytes: Uint8Array): void {
    this.#length(bytes.length);
    this.#write(bytes);
    this.#write(ZEROS.subarray(0, paddingOf(bytes.length)));
  }

  #length(length: number): void {
    if (BUFFER_BYTES - this.#filled < 8) this.#empty();
    this.#buffer.writeUInt32LE(length % 2 ** 32, this.#filled);
    this.#buffer.writeUInt32LE(Math.floor(length / 2 ** 32), this.#filled + 4);
    this.#filled += 8;
  }

  #write(bytes: Uint8Array): void {
    if (BUFFER_BYTES - this.#filled < bytes.length) this.#empty();
    this.#buffer.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  #empty(): void {
    if (this.#filled > 0) this.#flush(this.#buffer.subarray(0, this.#filled));
    this.#flushed += this.#filled;
    this.#filled = 0;
  }
}

function paddingOf(byteCount: number): number {
  return (8 - (byteCount % 8)) % 8;
}

/** The format's own words in sequence, each encoded as a string. */
function spell(...words: readonly string[]): Uint8Array {
  return Buffer.concat(
    words.map((word) => {
      const length = Buffer.alloc(8);
      length.writeUInt32LE(word.length);
      return Buffer.concat([length, Buffer.from(word, "latin1"), Buffer.alloc(paddingOf(word.length))]);
    }),
  );
}

const ZEROS = new Uint8Array(8);
const MAGIC = spell("nix-archive-1");
const OPEN = spell("(", "type");
const CLOSE = spell(")");
const CLOSE_TWICE = spell(")", ")");
const DIRECTORY = spell("directory");
const ENTRY = spell("entry", "(", "name");
const NODE = spell("node");
const SYMLINK = spell("symlink", "target");
const REGULAR = spell("regular", "contents");
const EXECUTABLE = spell("regular", "executable", "", "contents");
