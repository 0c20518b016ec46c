import { createHash, type Hash, hash } from "node:crypto";
import { NarEncoder } from "#lib/formats/nar/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { displayPath, EntryKind } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import type { ItemFile, ItemSink } from "#lib/sources/store/index.ts";
import { BodyCutter } from "../chunks/body-cutter.ts";
import { ContentTable } from "../layers/content-table.ts";
import type { ScanBudget } from "../layers/scan-budget.ts";
import { ItemColumns, type ItemRow } from "./item-columns.ts";
import { keepUsed } from "./keep-used.ts";
import { MAX_NAMES_PER_SCAN } from "./limits.ts";

const NOTHING = new Uint8Array(0);
const SLASH = 0x2f;

/** The archive of an item, as read. */
export interface ReadNar {
  readonly sha256: Uint8Array;
  readonly byteCount: number;
}

/** Records the files of store items, hashing each body and the item's whole NAR in one pass over its bytes. */
export class ItemRecorder implements ItemSink {
  readonly #budget: ScanBudget;
  readonly #columns = new ItemColumns();
  // The bodies of a dropped item stay in the table.
  readonly #contents = new ContentTable(MAX_NAMES_PER_SCAN);
  readonly #cutter: BodyCutter | undefined;
  readonly #nar: NarEncoder;
  #narHash = createHash("sha256");
  readonly #items: number[] = [];
  readonly #start = [0];
  /** Of the file being read: its bytes, its hash if it came in one piece, the hash so far if not. */
  #byteCount = 0;
  #sha256: Uint8Array | undefined;
  #hash: Hash | undefined;
  #room: Uint8Array = NOTHING;

  constructor({
    budget,
    chunks,
    onRead,
  }: { budget: ScanBudget; chunks?: ChunkSizes; onRead: (byteCount: number) => void }) {
    this.#budget = budget;
    this.#cutter = chunks && new BodyCutter(chunks, budget, MAX_NAMES_PER_SCAN);
    this.#nar = new NarEncoder((piece) => {
      this.#narHash.update(piece);
      onRead(piece.length);
    });
  }

  /** True once chunking has failed: bodies and their chunks may be out of step, and none of them may be kept. */
  isSpent = false;

  /** Names recorded so far. */
  get nameCount(): number {
    return this.#columns.count;
  }

  startItem(): void {
    this.#narHash = createHash("sha256");
    this.#nar.start();
  }

  /** The archive of the item walked since `startItem`. */
  endArchive(): ReadNar {
    this.#nar.finish();
    return { sha256: this.#narHash.digest(), byteCount: this.#nar.byteCount };
  }

  /** Keeps the rows recorded since `startItem` as this item's (a node index). */
  keepItem(item: number): void {
    this.#items.push(item);
    this.#start.push(this.#columns.count);
  }

  /** Drops the rows recorded since `startItem`. */
  dropItem(): void {
    this.#columns.truncate(this.#start.at(-1)!);
  }

  /** All items that were kept. The recorder is spent. */
  finish(): StoreFiles {
    return keepUsed({
      items: Int32Array.from(this.#items),
      start: Uint32Array.from(this.#start),
      entries: this.#columns.finish(),
      contents: this.#contents.finish(),
      chunks: this.#cutter?.finish(),
    });
  }

  directory(path: Uint8Array): void {
    this.#add({ kind: EntryKind.directory, path, target: NOTHING, executable: false, byteCount: 0 });
    this.#nar.directory(nameOf(path));
  }

  endDirectory(): void {
    this.#nar.endDirectory();
  }

  symlink(path: Uint8Array, target: Uint8Array): void {
    this.#add({ kind: EntryKind.symlink, path, target, executable: false, byteCount: 0 });
    this.#nar.symlink(nameOf(path), target);
  }

  file(path: Uint8Array, { executable, byteCount }: ItemFile): void {
    this.#add({ kind: EntryKind.file, path, target: NOTHING, executable, byteCount });
    this.#nar.file(nameOf(path), { executable, byteCount });
    this.#cut((cutter) => cutter.startBody(byteCount));
    this.#byteCount = byteCount;
    this.#sha256 = undefined;
    this.#hash = undefined;
  }

  room(byteCount: number): Uint8Array {
    this.#room = this.#nar.room(byteCount);
    return this.#room;
  }

  /** One-shot hashing costs half of a Hash object, and most bodies come in one piece. */
  filled(byteCount: number): void {
    const piece = this.#room.subarray(0, byteCount);
    this.#nar.filled(byteCount);
    this.#cut((cutter) => cutter.push(piece));
    if (byteCount === this.#byteCount) this.#sha256 = hash("sha256", piece, "buffer");
    else this.#hash = (this.#hash ?? createHash("sha256")).update(piece);
  }

  endFile(): void {
    this.#nar.endFile();
    const sha256 = this.#sha256 ?? (this.#hash ?? createHash("sha256")).digest();
    const known = this.#contents.count;
    const content = this.#contents.add(sha256, this.#byteCount);
    if (content === known) this.#cut((cutter) => cutter.endBody(sha256, this.#byteCount));
    this.#columns.setContent(content);
  }

  #cut(step: (cutter: BodyCutter) => void): void {
    if (this.#cutter === undefined) return;
    try {
      step(this.#cutter);
    } catch (error) {
      this.isSpent = true;
      throw error;
    }
  }

  #add(row: ItemRow): void {
    if (!this.#budget.takeEntry(row.path.length + row.target.length)) {
      throw new InputError("limit-exceeded", displayPath(row.path), "more names than one scan of a store may have");
    }
    this.#columns.add(row);
  }
}

function nameOf(path: Uint8Array): Uint8Array {
  return path.subarray(path.lastIndexOf(SLASH) + 1);
}
