import { displayPath } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import type { ItemSink } from "./item-sink.ts";

/** Bytes of a name or a link's target: Linux's PATH_MAX. */
export const MAX_NAR_TEXT_BYTES = 4096;
/** Names in one archive, the item itself included, and directories above a name: as in a store's directory (read-item.ts). */
export const MAX_NAR_ENTRIES = 500_000;
export const MAX_NAR_DEPTH = 256;

/** What the next string of the archive is. */
type Step =
  | "magic"
  | "node"
  | "type"
  | "kind"
  | "file"
  | "executable"
  | "contents"
  | "body"
  | "link"
  | "target"
  | "end"
  | "entryEnd"
  | "entries"
  | "entry"
  | "nameKey"
  | "name"
  | "nodeKey"
  | "done";

/** The words that each step takes, and the steps after them. `directory` and `)` have consequences besides: see `#takeWord`. */
const WORDS: Readonly<Partial<Record<Step, Readonly<Record<string, Step>>>>> = {
  magic: { "nix-archive-1": "node" },
  node: { "(": "type" },
  type: { type: "kind" },
  kind: { regular: "file", symlink: "link", directory: "entries" },
  file: { executable: "executable", contents: "body" },
  executable: { "": "contents" },
  contents: { contents: "body" },
  link: { target: "target" },
  end: { ")": "entries" },
  entryEnd: { ")": "entries" },
  entries: { entry: "entry", ")": "entries" },
  entry: { "(": "nameKey" },
  nameKey: { name: "name" },
  nodeKey: { node: "node" },
};

const LENGTH_BYTES = 8;
const NOTHING: Buffer = Buffer.alloc(0);
const SLASH = 0x2f;

/** A directory that is being read. */
interface OpenDirectory {
  readonly path: Buffer;
  /** The name before, which the next must follow. */
  last: Buffer;
}

/**
 * Reads a Nix Archive pushed in chunks of any length, into the same events as the walk of a store item; bodies are passed on, never
 * buffered. As strict as Nix: names ascend, padding is zero, nothing follows the end. So an archive that is taken is the one that
 * NarEncoder writes from its events, byte by byte. Format: see NarEncoder.
 *
 * Throws InputError: `bad-nar`, `truncated`, `limit-exceeded`; its place is the path inside the item.
 */
export class NarParser {
  readonly #sink: ItemSink;
  #step: Step = "magic";
  /** The current string: its length in 8 bytes, its bytes, its padding. */
  #mode: "length" | "text" | "body" | "padding" = "length";
  readonly #gathered = Buffer.alloc(MAX_NAR_TEXT_BYTES);
  #gatheredCount = 0;
  /** Remaining bytes of the current part of the string. */
  #missing = LENGTH_BYTES;
  #padding = 0;
  #textBytes = 0;
  readonly #open: OpenDirectory[] = [];
  #path: Buffer = NOTHING;
  #entryCount = 1;
  #executable = false;

  constructor(sink: ItemSink) {
    this.#sink = sink;
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#step === "done") throw this.#bad("bytes after its end");
      at += this.#read(chunk, at);
    }
  }

  /** Call when the stream has ended. */
  end(): void {
    if (this.#step === "done" && this.#mode === "length") return;
    throw new InputError("truncated", displayPath(this.#path), "the NAR ends too early");
  }

  /** Reads within one part of a string, and returns the bytes read. */
  #read(chunk: Uint8Array, at: number): number {
    const piece = chunk.subarray(at, at + this.#missing);
    if (this.#mode === "body") return this.#readBody(piece);
    if (this.#mode === "padding") this.#checkZeros(piece);
    else this.#gathered.set(piece, this.#gatheredCount);
    this.#gatheredCount += piece.length;
    this.#missing -= piece.length;
    if (this.#missing === 0) this.#finishPart();
    return piece.length;
  }

  #readBody(piece: Uint8Array): number {
    const room = this.#sink.room(piece.length);
    room.set(piece.subarray(0, room.length));
    this.#sink.filled(room.length);
    this.#missing -= room.length;
    if (this.#missing === 0) this.#finishPart();
    return room.length;
  }

  #finishPart(): void {
    if (this.#mode === "length") this.#startString(this.#gathered.readBigUInt64LE(0));
    else if (this.#mode !== "padding" && this.#padding > 0) this.#next("padding", this.#padding);
    else this.#endString();
  }

  #startString(length: bigint): void {
    if (length > BigInt(Number.MAX_SAFE_INTEGER)) throw this.#bad("a length beyond 2^53 bytes");
    const byteCount = Number(length);
    this.#padding = (8 - (byteCount % 8)) % 8;
    if (this.#step === "body") this.#startBody(byteCount);
    else if (byteCount <= MAX_NAR_TEXT_BYTES) this.#startText(byteCount);
    else throw this.#bad(`${byteCount} bytes where a word, a name or a target is expected`);
  }

  #startText(byteCount: number): void {
    this.#next("text", byteCount);
    if (byteCount === 0) this.#endString();
  }

  #startBody(byteCount: number): void {
    this.#sink.file(this.#path, { executable: this.#executable, byteCount });
    this.#next("body", byteCount);
    if (byteCount === 0) this.#endString();
  }

  /** Text is taken after its padding: it stays in `#gathered`, which padding does not touch. */
  #endString(): void {
    const text = this.#gathered.subarray(0, this.#textBytes);
    this.#next("length", LENGTH_BYTES);
    if (this.#step === "body") this.#endBody();
    else if (this.#step === "name") this.#takeName(Buffer.from(text));
    else if (this.#step === "target") this.#takeTarget(Buffer.from(text));
    else this.#takeWord(text.toString("latin1"));
  }

  #next(mode: "length" | "text" | "body" | "padding", missing: number): void {
    if (mode === "text") this.#textBytes = missing;
    this.#mode = mode;
    this.#missing = missing;
    this.#gatheredCount = 0;
  }

  #takeWord(word: string): void {
    const words = WORDS[this.#step]!;
    const next = Object.hasOwn(words, word) ? words[word]! : undefined;
    if (next === undefined) throw this.#bad(`expected ${Object.keys(words).map(quote).join(" or ")}`);
    const before = this.#step;
    this.#step = next;
    if (before === "kind") this.#startKind(word);
    else if (before === "executable") this.#executable = true;
    else if (word === ")") this.#close(before);
  }

  #startKind(kind: string): void {
    this.#executable = false;
    if (kind !== "directory") return;
    if (this.#open.length >= MAX_NAR_DEPTH) throw this.#tooLarge("more directories deep than a store item may be");
    this.#sink.directory(this.#path);
    this.#open.push({ path: this.#path, last: NOTHING });
  }

  /** A bracket ends a file or link (`end`), a directory (`entries`), or an entry, whose node has ended before. */
  #close(ended: Step): void {
    if (ended === "entryEnd") return;
    if (ended === "entries") {
      this.#path = this.#open.pop()!.path;
      this.#sink.endDirectory();
    }
    this.#step = this.#open.length === 0 ? "done" : "entryEnd";
  }

  #endBody(): void {
    this.#sink.endFile();
    this.#step = "end";
  }

  #takeTarget(target: Buffer): void {
    if (target.includes(0)) throw this.#bad("a link's target with a zero byte");
    this.#sink.symlink(this.#path, target);
    this.#step = "end";
  }

  #takeName(name: Buffer): void {
    const directory = this.#open.at(-1)!;
    const isName = name.length > 0 && !name.includes(SLASH) && !name.includes(0) && !/^\.\.?$/.test(name.toString());
    if (!isName) throw this.#bad("an entry whose name is none", directory.path);
    if (Buffer.compare(name, directory.last) <= 0) throw this.#bad("its names are not in order", directory.path);
    if (++this.#entryCount > MAX_NAR_ENTRIES) throw this.#tooLarge("more names than a store item may have");
    directory.last = name;
    this.#path = directory.path.length === 0 ? name : Buffer.concat([directory.path, Buffer.of(SLASH), name]);
    this.#step = "nodeKey";
  }

  #checkZeros(padding: Uint8Array): void {
    if (padding.some((byte) => byte !== 0)) throw this.#bad("padding that is not zero");
  }

  #bad(message: string, path = this.#path): InputError {
    return new InputError("bad-nar", displayPath(path), `not a NAR as Nix writes them: ${message}`);
  }

  #tooLarge(message: string): InputError {
    return new InputError("limit-exceeded", displayPath(this.#path), message);
  }
}

function quote(word: string): string {
  return `“${word}”`;
}
