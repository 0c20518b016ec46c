import { availableParallelism } from "node:os";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { InputError } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { inParallel } from "#lib/sources/in-parallel.ts";
import type { ItemArchives } from "#lib/sources/store/index.ts";
import { ThreadPool } from "../threads/thread-pool.ts";
import { type HashedItems, openItemBudget } from "./hash-items.ts";
import type { ItemFault } from "./item-reader.ts";
import type { NarToRead, ReadItem } from "./nar-reader.ts";
import type { NarSettings } from "./nar-worker.ts";

/** A thread needs some 25 MiB, and an xz dictionary of up to 64: two of them keep the process under its ceiling. */
const MAX_THREADS = 2;
/** Archives requested before a thread is free for them: a server's answer takes as long as reading a small one. */
const MAX_AHEAD = 2;

export interface HashNarsOptions {
  readonly archives: ItemArchives;
  readonly nars: readonly NarToRead[];
  /** Also cuts every body into chunks of these sizes. */
  readonly chunks?: ChunkSizes;
  readonly signal?: AbortSignal;
  /** Bytes of uncompressed archives read so far, of Σ `narSize`. */
  readonly onProgress?: (byteCount: number) => void;
}

/**
 * Reads store items from compressed archives: each is fetched once, and streamed to the thread that decompresses and hashes it.
 * Throws the signal's reason, UnreachableError if the cache cannot be reached any more, and an InputError (`limit-exceeded`) if
 * there are too many chunks.
 */
export async function hashNars({ archives, nars, ...options }: HashNarsOptions): Promise<HashedItems> {
  const parts: StoreFiles[] = [];
  const faults: ItemFault[] = [];
  const pool = openPool(options);
  const read = async (nar: NarToRead): Promise<ReadItem> => {
    const stream = await orFault(nar, archives.open(nar.file));
    return "fault" in stream ? stream : pool.runStream(nar, stream);
  };
  try {
    for await (const result of inParallel(nars, MAX_THREADS + MAX_AHEAD, read)) {
      if ("fault" in result) faults.push(result.fault);
      else parts.push(result.files);
    }
    return { parts, faults: faults.sort((a, b) => a.item - b.item) };
  } finally {
    await pool.close();
  }
}

function openPool({ chunks, signal, onProgress }: Omit<HashNarsOptions, "archives" | "nars">) {
  let byteCount = 0;
  const settings: NarSettings = { budget: openItemBudget().shared, chunks };
  return new ThreadPool<NarToRead, ReadItem, number>({
    module: new URL("./nar-worker.ts", import.meta.url),
    settings,
    maxThreads: Math.min(availableParallelism(), MAX_THREADS),
    signal,
    onMessage: (more) => {
      byteCount += more;
      onProgress?.(byteCount);
    },
  });
}

/** What the cache does not have is a fault of the item; that it cannot be reached is not. */
async function orFault<T>({ item }: NarToRead, opening: Promise<T>): Promise<T | { readonly fault: ItemFault }> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, place, message } = error;
    return { fault: { item, code, place, message } };
  }
}
