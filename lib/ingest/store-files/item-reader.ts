import { join } from "node:path";
import { parseNarHash } from "#lib/formats/nar/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { InputError, type ProblemCode } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { readItem } from "#lib/sources/store/index.ts";
import type { ScanBudget } from "../layers/scan-budget.ts";
import { ItemRecorder, type ReadNar } from "./item-recorder.ts";
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
function readOne(item: ItemToRead, itemsDir: string, recorder: ItemRecorder): InputError | undefined {
  const wanted = parseNarHash(item.narHash);
  if (wanted === undefined) return noHash("database");
  recorder.startItem();
  try {
    readItem(join(itemsDir, item.name), recorder);
  } catch (error) {
    if (error instanceof InputError && !recorder.isSpent) return error;
    throw error;
  }
  return checkArchive(recorder.endArchive(), { ...item, wanted, says: "store database" });
}

/** An item without a hash is left out: its files could be anything. `says`: what has none. */
export function noHash(says: string): InputError {
  return new InputError("nar-mismatch", "", `the ${says} has no SHA-256 to check it against`);
}

/** The fault of an archive that is not the expected one, or nothing. `says`: what expects it. */
export function checkArchive(
  { sha256, byteCount }: ReadNar,
  { wanted, narSize, says }: { readonly wanted: Uint8Array; readonly narSize: number; readonly says: string },
): InputError | undefined {
  if (Buffer.compare(sha256, wanted) !== 0)
    return new InputError("nar-mismatch", "", `its files do not have the NAR hash in the ${says}`);
  if (byteCount === narSize) return undefined;
  return new InputError("nar-mismatch", "", `expected a NAR of ${narSize} bytes (${says}), got ${byteCount}`);
}
