import { availableParallelism } from "node:os";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import { ThreadPool } from "../threads/thread-pool.ts";
import type { ItemFault } from "./item-parts.ts";
import type { ItemToRead } from "./item-reader.ts";
import type { ItemMessage, ItemSettings } from "./item-worker.ts";
import { ITEMS_PER_JOB, MAX_NAME_BYTES_PER_SCAN, MAX_NAMES_PER_SCAN, NAR_BYTES_PER_JOB } from "./limits.ts";

/** Each thread needs some 20 MiB besides its records; more threads do not get more from a disk. */
const MAX_THREADS = 8;

export interface HashItemsOptions {
  /** The real path of the store directory. */
  readonly itemsDir: string;
  readonly items: readonly ItemToRead[];
  /** Also cuts every body into chunks of these sizes. */
  readonly chunks?: ChunkSizes;
  readonly signal?: AbortSignal;
  /** Bytes of archives read so far, of Σ `narSize`. */
  readonly onProgress?: (byteCount: number) => void;
  /** Budget of the scan; default: the product's limits. */
  readonly budget?: ScanBudget;
}

export interface HashedItems {
  /** Each item is in at most one part. */
  readonly parts: readonly StoreFiles[];
  /** The items that are in none, ascending. */
  readonly faults: readonly ItemFault[];
}

/**
 * Reads store items in as many threads as there are cores: each file once, hashed for itself and as a part of its item's archive.
 * Throws the signal's reason, and an InputError (`limit-exceeded`) if there are too many chunks.
 */
export async function hashItems(options: HashItemsOptions): Promise<HashedItems> {
  const { itemsDir, items, chunks, signal, onProgress, budget = openItemBudget() } = options;
  const jobs = toJobs(items);
  const parts: StoreFiles[] = [];
  let byteCount = 0;
  const settings: ItemSettings = { itemsDir, chunks, budget: budget.shared };
  const pool = new ThreadPool<readonly ItemToRead[], ItemFault[], ItemMessage>({
    module: new URL("./item-worker.ts", import.meta.url),
    settings,
    maxThreads: Math.min(availableParallelism(), MAX_THREADS),
    signal,
    onMessage: (message) => {
      if ("files" in message) parts.push(message.files);
      else {
        byteCount += message.byteCount;
        onProgress?.(byteCount);
      }
    },
  });
  try {
    const faults = await Promise.all(jobs.map((job) => pool.run(job)));
    return { parts, faults: faults.flat().sort((a, b) => a.item - b.item) };
  } finally {
    await pool.close();
  }
}

/** The budget of the names of one scan of a store. */
export function openItemBudget(): ScanBudget {
  return ScanBudget.open({ entries: MAX_NAMES_PER_SCAN, nameBytes: MAX_NAME_BYTES_PER_SCAN, documentBytes: 0 });
}

/** The largest items first, so that no thread is left with one when the others have ended. */
export function toJobs<Item extends ItemToRead>(
  items: readonly Item[],
  { narBytes: maxBytes, items: maxItems } = { narBytes: NAR_BYTES_PER_JOB, items: ITEMS_PER_JOB },
): Item[][] {
  const jobs: Item[][] = [];
  let narBytes = Number.POSITIVE_INFINITY;
  for (const item of items.toSorted((a, b) => b.narSize - a.narSize)) {
    if (narBytes + item.narSize > maxBytes || jobs.at(-1)!.length === maxItems) {
      jobs.push([]);
      narBytes = 0;
    }
    jobs.at(-1)!.push(item);
    narBytes += item.narSize;
  }
  return jobs;
}
