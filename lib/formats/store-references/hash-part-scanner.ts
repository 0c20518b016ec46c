const HASH_PART_LENGTH = 32;
const DASH = 0x2d;
/** The stores' own base 32, without e, o, t and u: Nix and Guix have the same. */
const IS_BASE_32 = new Uint8Array(256);
for (const letter of "0123456789abcdfghijklmnpqrsvwxyz") IS_BASE_32[letter.charCodeAt(0)] = 1;
/** Every window of a text, overlapping ones too. */
const WINDOWS = /(?=([0-9a-df-np-sv-z]{32}))/g;

/** Enough of the end of a piece to decide about every window that ends in it or begins in it. */
const KEPT_BYTES = HASH_PART_LENGTH;
const NO_BYTES = new Uint8Array(0);

/** Told of each window; `isInner`: it is part of a longer run of the alphabet and no dash follows, which references never are. */
type OnWindow = (hashPart: string, isInner: boolean) => void;

/**
 * Finds what could be the hash part of a store path in a file that comes in pieces, exactly where Nix and Guix look for references
 * (`references.cc`): every 32 characters of the alphabet, whatever is before and after them. They know which hash parts to look for;
 * here they are known only once the whole image is read.
 */
export class HashPartScanner {
  readonly #onWindow: OnWindow;
  #tail = NO_BYTES;
  /** Whether the character before the tail is in the alphabet. */
  #isInRun = false;

  constructor(onWindow: OnWindow) {
    this.#onWindow = onWindow;
  }

  push(piece: Uint8Array): void {
    if (this.#tail.length === 0) this.#scan(piece);
    else if (piece.length < KEPT_BYTES) this.#scan(Buffer.concat([this.#tail, piece]));
    else {
      this.#scan(Buffer.concat([this.#tail, piece.subarray(0, KEPT_BYTES)]));
      this.#scan(piece);
    }
  }

  /** Ends the file; the next piece begins another one. */
  end(): void {
    if (this.#tail.length === HASH_PART_LENGTH) this.#report(this.#tail, 0);
    this.#tail = NO_BYTES;
    this.#isInRun = false;
  }

  /** Reports every window with a character after it, and keeps the bytes of the last one. */
  #scan(bytes: Uint8Array): void {
    const last = bytes.length - HASH_PART_LENGTH;
    for (let at = 0; at < last; ) {
      const other = lastOther(bytes, at);
      if (other < 0) this.#report(bytes, at++);
      else at += other + 1;
    }
    const from = Math.max(0, last);
    if (from > 0) this.#isInRun = IS_BASE_32[bytes[from - 1]!] === 1;
    this.#tail = Uint8Array.prototype.slice.call(bytes, from);
  }

  #report(bytes: Uint8Array, at: number): void {
    if (lastOther(bytes, at) >= 0) return;
    const end = at + HASH_PART_LENGTH;
    const isAfter = at === 0 ? this.#isInRun : IS_BASE_32[bytes[at - 1]!] === 1;
    const next = bytes[end];
    const isBefore = next !== undefined && IS_BASE_32[next] === 1;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, HASH_PART_LENGTH).toString("latin1");
    this.#onWindow(text, isBefore || (isAfter && next !== DASH));
  }
}

/** The last of the 32 bytes that is not in the alphabet, -1 if all are: no window with that byte can match. */
function lastOther(bytes: Uint8Array, at: number): number {
  let i = HASH_PART_LENGTH - 1;
  while (i >= 0 && IS_BASE_32[bytes[at + i]!] === 1) i -= 1;
  return i;
}

/** The windows of a name or of a symlink's target, distinct. */
export function findHashParts(text: string): readonly string[] {
  if (text.length < HASH_PART_LENGTH) return [];
  return [...new Set(Array.from(text.matchAll(WINDOWS), (match) => match[1]!))];
}
