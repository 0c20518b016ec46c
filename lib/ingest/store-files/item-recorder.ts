import { createHash } from "node:crypto";
import { type ItemFile, type ItemSink, NarEncoder } from "#lib/formats/nar/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { displayPath, EntryKind } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { BodyRecorder } from "../layers/body-recorder.ts";
import type { ScanBudget } from "../layers/scan-budget.ts";
import { ItemColumns, type ItemRow } from "./item-columns.ts";
import { keepUsed } from "./keep-used.ts";
import { MAX_NAMES_PER_SCAN } from "./limits.ts";

const NOTHING = new Uint8Array(0);
const SLASH = 0x2f;

export interface RecorderOptions {
  readonly budget: ScanBudget;
  /** Also cuts every body into chunks of these sizes. */
  readonly chunks?: ChunkSizes | undefined;
  /** Number of further bytes of archives read. */
  readonly onRead: (byteCount: number) => void;
}

/** The archive of an item, as read. */
export interface ReadNar {
  readonly sha256: Uint8Array;
  readonly byteCount: number;
}

/** Records the files of store items, hashing each body and the item's whole NAR in one pass over its bytes. */
export class ItemRecorder implements ItemSink {
  readonly #budget: ScanBudget;
  readonly #columns = new ItemColumns();
  // The bodies of a dropped item stay in it.
  readonly #bodies: BodyRecorder;
  readonly #nar: NarEncoder;
  #narHash = createHash("sha256");
  readonly #items: number[] = [];
  readonly #start = [0];
  #room: Uint8Array = NOTHING;

  constructor({ budget, chunks, onRead }: RecorderOptions) {
    this.#budget = budget;
    this.#bodies = new BodyRecorder({ maxBodies: MAX_NAMES_PER_SCAN, budget, chunks });
    this.#nar = new NarEncoder((piece) => {
      this.#narHash.update(piece);
      onRead(piece.length);
    });
  }

  /** True once chunking has failed: nothing recorded may be kept. */
  get isSpent(): boolean {
    return this.#bodies.isSpent;
  }

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
      ...this.#bodies.finish(),
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
    this.#bodies.start(byteCount);
  }

  room(byteCount: number): Uint8Array {
    this.#room = this.#nar.room(byteCount);
    return this.#room;
  }

  filled(byteCount: number): void {
    this.#nar.filled(byteCount);
    this.#bodies.push(this.#room.subarray(0, byteCount));
  }

  endFile(): void {
    this.#nar.endFile();
    this.#columns.setContent(this.#bodies.end());
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
