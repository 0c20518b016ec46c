import { availableParallelism } from "node:os";
import type { LayerScan } from "#lib/model/layer.ts";
import { type FileRange, readRange } from "#lib/sources/file-range.ts";
import { ThreadPool } from "../threads/thread-pool.ts";
import type { LayerSettings } from "./layer-worker.ts";
import type { ReadPurpose } from "./read-purpose.ts";
import { ScanBudget } from "./scan-budget.ts";
import type { ScanLayerOptions } from "./scan-layer.ts";

/** A thread needs some 25 MiB, and a zstd window of up to 32: four of them keep the process under its ceiling. */
const MAX_THREADS = 4;

/** With fewer compressed bytes, a scan ends sooner than threads start. */
const INLINE_BYTES = 4 * 1024 ** 2;

export interface LayerPoolOptions extends Pick<ScanLayerOptions, "budget" | "chunks" | "onRead"> {
  /** Number of layers to come, if known: limits the number of threads. */
  readonly layerCount?: number;
  /** Compressed bytes of all of them, if known: small ones are scanned in this thread. */
  readonly totalBytes?: number;
  readonly signal?: AbortSignal;
  /** Default: a scan. */
  readonly purpose?: ReadPurpose;
}

/** Scans layers in parallel, in as many threads as there are cores. Further calls wait for a free thread, in order. */
export interface LayerPool {
  /**
   * Scans a blob: part of a file, or a stream that is read no faster than it is scanned. Throws the errors of `scanLayer` and of
   * the stream.
   */
  scan(blob: FileRange | AsyncIterable<Uint8Array>): Promise<LayerScan>;
  /** Ends idle threads and frees their memory; the next scan starts a thread again. */
  rest(): Promise<void>;
  /** Ends the threads; current scans fail. */
  close(): Promise<void>;
}

export function openLayerPool(options: LayerPoolOptions = {}): LayerPool {
  const { totalBytes = Number.POSITIVE_INFINITY } = options;
  return totalBytes < INLINE_BYTES ? openInline(options) : openThreads(options);
}

function openInline({
  signal,
  budget = ScanBudget.open(),
  chunks,
  onRead,
  purpose = "scan",
}: LayerPoolOptions): LayerPool {
  const scan = async (blob: FileRange | AsyncIterable<Uint8Array>) => {
    const bytes = "file" in blob ? readRange(blob, { reuse: true }) : blob;
    // Loaded when it is needed: most layers are read by threads.
    const [{ scanLayer }, { READ_FOR }] = await Promise.all([import("./scan-layer.ts"), import("./read-purpose.ts")]);
    return scanLayer(untilAborted(bytes, signal), { ...READ_FOR[purpose], budget, chunks, onRead });
  };
  return { scan, rest: async () => {}, close: async () => {} };
}

async function* untilAborted(chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield chunk;
  }
}

function openThreads({
  layerCount = MAX_THREADS,
  signal,
  chunks,
  purpose = "scan",
  ...options
}: LayerPoolOptions): LayerPool {
  const { budget = ScanBudget.open(), onRead: onMessage = () => {} } = options;
  const settings: LayerSettings = { budget: budget.shared, chunks, purpose };
  const maxThreads = Math.max(1, Math.min(availableParallelism(), layerCount, MAX_THREADS));
  const module = new URL("./layer-worker.ts", import.meta.url);
  const pool = new ThreadPool<FileRange | undefined, LayerScan, number>({
    module,
    settings,
    maxThreads,
    signal,
    onMessage,
  });
  return {
    scan: (blob) => ("file" in blob ? pool.run(blob) : pool.runStream(undefined, blob)),
    rest: () => pool.rest(),
    close: () => pool.close(),
  };
}
