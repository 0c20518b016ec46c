import { join } from "node:path";
import { parseNarHash } from "#lib/formats/nar/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { readItem } from "#lib/sources/store/index.ts";
import { type ItemFault, ItemParts, type ItemPartsOptions } from "./item-parts.ts";
import type { ItemRecorder, ReadNar } from "./item-recorder.ts";

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

export interface ItemReaderOptions extends ItemPartsOptions {
  readonly itemsDir: string;
}

/**
 * Reads items and returns the files of those that match the database: any other item is returned as a fault, and nothing of it is
 * kept. Throws an InputError (`limit-exceeded`) if the files have too many chunks.
 */
export function readItems(items: readonly ItemToRead[], options: ItemReaderOptions): ItemFault[] {
  const parts = new ItemParts(options);
  for (const each of items) parts.end(each.item, readOne(each, options.itemsDir, parts.recorder));
  return parts.finish();
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
