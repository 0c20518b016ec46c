import { availableParallelism } from "node:os";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { InputError } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { inParallel } from "#lib/sources/in-parallel.ts";
import type { ItemArchives } from "#lib/sources/store/index.ts";
import { joinStreams } from "../threads/stream-list.ts";
import { ThreadPool } from "../threads/thread-pool.ts";
import { type HashedItems, openItemBudget, toJobs } from "./hash-items.ts";
import type { ItemFault } from "./item-parts.ts";
import type { ItemMessage } from "./item-worker.ts";
import { maxStoredBytes, type NarToRead } from "./nar-reader.ts";
import type { NarSettings } from "./nar-worker.ts";

/** A thread needs some 25 MiB, and an xz dictionary of up to 64: two of them keep the process under its ceiling. */
const MAX_THREADS = 2;
/** NAR bytes, and items, of a job: fewer than from a disk, because a closure of 30 paths is fetched by two threads, too. */
const PER_JOB = { narBytes: 8 * 1024 ** 2, items: 64 };
/** Archives requested at the same time for each thread: a server's answer takes as long as reading a small one. */
const MAX_AHEAD = 4;

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
  const missing = new Map<number, ItemFault>();
  const pool = openPool(options, parts);
  try {
    const read = toJobs(nars, PER_JOB).map((job) => pool.runStream(job, joinStreams(openEach(archives, job, missing))));
    const faults = (await Promise.all(read)).flat();
    // What is not there was read as an archive of no bytes.
    const all = faults.map((fault) => missing.get(fault.item) ?? fault);
    return { parts, faults: all.sort((a, b) => a.item - b.item) };
  } finally {
    await pool.close();
  }
}

function openPool({ chunks, signal, onProgress }: Omit<HashNarsOptions, "archives" | "nars">, parts: StoreFiles[]) {
  let byteCount = 0;
  const settings: NarSettings = { budget: openItemBudget().shared, chunks };
  return new ThreadPool<readonly NarToRead[], ItemFault[], ItemMessage>({
    module: new URL("./nar-worker.ts", import.meta.url),
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
}

/** The archives of a job, in order. One that the cache does not have is a fault of its item; that it cannot be reached is not. */
async function* openEach(archives: ItemArchives, nars: readonly NarToRead[], missing: Map<number, ItemFault>) {
  const open = async (nar: NarToRead) => {
    try {
      return limitBytes(await archives.open(nar.file), maxStoredBytes(nar));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { code, place, message } = error;
      missing.set(nar.item, { item: nar.item, code, place, message });
      return NOTHING;
    }
  };
  yield* inParallel(nars, MAX_AHEAD, open);
}

async function* limitBytes(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  for await (const chunk of chunks) {
    yield chunk;
    byteCount += chunk.length;
    // The reader has seen that there are too many, and would have to pass over the rest.
    if (byteCount > maxBytes) return;
  }
}

const NOTHING: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next: async () => END }) };
const END = { done: true, value: undefined } as const;
