import { availableParallelism } from "node:os";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import type { ItemFault, ItemToRead } from "./item-job.ts";
import { ItemThread } from "./item-thread.ts";
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
  const { itemsDir, items, chunks, signal, onProgress, budget = openBudget() } = options;
  signal?.throwIfAborted();
  const jobs = toJobs(items);
  const parts: StoreFiles[] = [];
  let byteCount = 0;
  const listener = {
    onFiles: (files: StoreFiles) => void parts.push(files),
    onRead: (more: number) => {
      byteCount += more;
      onProgress?.(byteCount);
    },
  };
  const threadCount = Math.min(availableParallelism(), MAX_THREADS, jobs.length);
  const settings = { itemsDir, chunks, budget: budget.shared };
  const threads = Array.from({ length: threadCount }, () => new ItemThread(settings, listener));
  try {
    const faults = await unlessAborted(Promise.all(threads.map((thread) => readAll(thread, jobs))), signal);
    return { parts, faults: faults.flat().sort((a, b) => a.item - b.item) };
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

function openBudget(): ScanBudget {
  return ScanBudget.open({ entries: MAX_NAMES_PER_SCAN, nameBytes: MAX_NAME_BYTES_PER_SCAN, documentBytes: 0 });
}

/** The largest items first, so that no thread is left with one when the others have ended. */
function toJobs(items: readonly ItemToRead[]): ItemToRead[][] {
  const jobs: ItemToRead[][] = [];
  let narBytes = Number.POSITIVE_INFINITY;
  for (const item of items.toSorted((a, b) => b.narSize - a.narSize)) {
    if (narBytes + item.narSize > NAR_BYTES_PER_JOB || jobs.at(-1)!.length === ITEMS_PER_JOB) {
      jobs.push([]);
      narBytes = 0;
    }
    jobs.at(-1)!.push(item);
    narBytes += item.narSize;
  }
  return jobs;
}

/** Takes jobs from the front until there are none. */
async function readAll(thread: ItemThread, jobs: ItemToRead[][]): Promise<ItemFault[]> {
  const faults: ItemFault[] = [];
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) faults.push(...(await thread.read(job)));
  return faults;
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
