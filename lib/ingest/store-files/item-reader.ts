import { join } from "node:path";
import { parseNarHash } from "#lib/formats/nar/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { InputError, type ProblemCode } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { readItem } from "#lib/sources/store/index.ts";
import type { ScanBudget } from "../layers/scan-budget.ts";
import { ItemRecorder } from "./item-recorder.ts";
import { NAMES_PER_PART } from "./limits.ts";

/** A store item to read, and the expected NAR. */
export interface ItemToRead {
  /** Node index. */
  readonly item: number;
  /** Its name in the store directory. */
  readonly name: string;
  /** As written in the store's database. */
  readonly narHash: string;
  readonly narSize: number;
}

/** Why the files of an item are not known. */
export interface ItemFault {
  readonly item: number;
  readonly code: ProblemCode;
  /** Path inside the item, "" for all of it. */
  readonly place: string;
  readonly message: string;
}

export interface ItemReaderOptions {
  readonly itemsDir: string;
  readonly budget: ScanBudget;
  readonly chunks?: ChunkSizes;
  /** Number of further bytes of archives read. */
  readonly onRead: (byteCount: number) => void;
  readonly onFiles: (files: StoreFiles) => void;
}

/**
 * Reads items and returns the files of those that match the database: any other item is returned as a fault, and nothing of it is
 * kept. Throws an InputError (`limit-exceeded`) if the files have too many chunks.
 */
export function readItems(items: readonly ItemToRead[], options: ItemReaderOptions): ItemFault[] {
  const faults: ItemFault[] = [];
  let recorder = new ItemRecorder(options);
  const handOver = () => {
    const files = recorder.finish();
    if (files.items.length > 0) options.onFiles(files);
  };
  for (const each of items) {
    const fault = readOne(each, options.itemsDir, recorder);
    if (fault === undefined) recorder.keepItem(each.item);
    else {
      recorder.dropItem();
      faults.push({ item: each.item, code: fault.code, place: fault.place, message: fault.message });
    }
    if (recorder.nameCount < NAMES_PER_PART) continue;
    handOver();
    recorder = new ItemRecorder(options);
  }
  handOver();
  return faults;
}

/** The fault of the item, or nothing. */
function readOne(
  { name, narHash, narSize }: ItemToRead,
  itemsDir: string,
  recorder: ItemRecorder,
): InputError | undefined {
  const wanted = parseNarHash(narHash);
  if (wanted === undefined)
    return new InputError("nar-mismatch", "", "the database has no SHA-256 to check it against");
  recorder.startItem();
  try {
    readItem(join(itemsDir, name), recorder);
  } catch (error) {
    if (error instanceof InputError && !recorder.isSpent) return error;
    throw error;
  }
  const { sha256, byteCount } = recorder.endArchive();
  if (Buffer.compare(sha256, wanted) !== 0)
    return new InputError("nar-mismatch", "", "its files do not have the NAR hash in the store database");
  if (byteCount === narSize) return undefined;
  return new InputError("nar-mismatch", "", `expected a NAR of ${narSize} bytes (store database), got ${byteCount}`);
}
