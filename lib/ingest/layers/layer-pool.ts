import { availableParallelism } from "node:os";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { readRange } from "#lib/sources/file-range.ts";
import { isDocument } from "./documents.ts";
import type { LayerJob } from "./layer-job.ts";
import { LayerThread } from "./layer-thread.ts";
import { SCAN_LIMITS, type ScanLimits } from "./limits.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

/** A thread needs some 25 MiB, and a zstd window of up to 32: four of them keep the process under its ceiling. */
const MAX_THREADS = 4;

/** With fewer compressed bytes, a scan ends sooner than threads start. */
const INLINE_BYTES = 4 * 1024 ** 2;

export interface LayerPoolOptions {
  /** Number of layers to come, if known: limits the number of threads. */
  readonly layerCount?: number;
  /** Compressed bytes of all of them, if known: small ones are scanned in this thread. */
  readonly totalBytes?: number;
  readonly signal?: AbortSignal;
  readonly limits?: ScanLimits;
  /** Limits of all layers together; default: the product's limits. */
  readonly budget?: ScanBudget;
  /** Also cuts every body into chunks of these sizes. */
  readonly chunks?: ChunkSizes;
  /** Called now and then with the number of blob bytes read, all layers together. */
  readonly onRead?: (byteCount: number) => void;
}

/** Scans layers in parallel, in as many threads as there are cores. Further calls wait for a free thread, in order. */
export interface LayerPool {
  /** Scans a blob that is a file or part of one. Throws the errors of `scanLayer`. */
  scan(job: Extract<LayerJob, { kind: "range" }>): Promise<LayerScan>;
  /** Scans a blob as a stream; `chunks` is read no faster than it is scanned. Throws the errors of `scanLayer` and `chunks`. */
  scanStream(chunks: AsyncIterable<Uint8Array>): Promise<LayerScan>;
  /** Ends idle threads and frees their memory; the next scan starts a thread again. */
  rest(): Promise<void>;
  /** Ends the threads; current scans fail. */
  close(): Promise<void>;
}

export function openLayerPool(options: LayerPoolOptions = {}): LayerPool {
  const { totalBytes = Number.POSITIVE_INFINITY } = options;
  return totalBytes < INLINE_BYTES ? new InlinePool(options) : new ThreadPool(options);
}

class InlinePool implements LayerPool {
  readonly #options: LayerPoolOptions;
  readonly #budget: ScanBudget;

  constructor(options: LayerPoolOptions) {
    this.#options = options;
    this.#budget = options.budget ?? ScanBudget.open();
  }

  scan(job: Extract<LayerJob, { kind: "range" }>): Promise<LayerScan> {
    return this.scanStream(readRange(job.file, job.offset, job.length, { reuse: true }));
  }

  scanStream(chunks: AsyncIterable<Uint8Array>): Promise<LayerScan> {
    const { limits, signal, chunks: chunkSizes, onRead } = this.#options;
    const options = { isDocument, limits, budget: this.#budget, chunks: chunkSizes, onRead };
    return scanLayer(untilAborted(chunks, signal), options);
  }

  async rest(): Promise<void> {}

  async close(): Promise<void> {}
}

async function* untilAborted(chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield chunk;
  }
}

class ThreadPool implements LayerPool {
  readonly #options: LayerPoolOptions;
  readonly #budget: ScanBudget;
  readonly #maxThreads: number;
  readonly #threads = new Set<LayerThread>();
  readonly #idle: LayerThread[] = [];
  readonly #waiting: PromiseWithResolvers<LayerThread>[] = [];
  /** Reason for refusing further scans. */
  #closedBy: Error | undefined;
  readonly #abort = () => void this.#terminate(this.#options.signal?.reason);

  constructor(options: LayerPoolOptions) {
    this.#options = options;
    this.#budget = options.budget ?? ScanBudget.open();
    this.#maxThreads = Math.max(1, Math.min(availableParallelism(), options.layerCount ?? MAX_THREADS, MAX_THREADS));
    if (options.signal?.aborted) this.#closedBy = options.signal.reason;
    options.signal?.addEventListener("abort", this.#abort, { once: true });
  }

  scan(job: Extract<LayerJob, { kind: "range" }>): Promise<LayerScan> {
    return this.#withThread((thread) => thread.scan(job));
  }

  scanStream(chunks: AsyncIterable<Uint8Array>): Promise<LayerScan> {
    return this.#withThread((thread) => thread.scanStream(chunks));
  }

  async rest(): Promise<void> {
    const idle = this.#idle.splice(0);
    for (const thread of idle) this.#threads.delete(thread);
    await Promise.all(idle.map((thread) => thread.terminate(new Error("the thread is idle"))));
  }

  async close(): Promise<void> {
    this.#options.signal?.removeEventListener("abort", this.#abort);
    await this.#terminate(new Error("the layer pool is closed"));
  }

  /** A thread continues after a bad layer: an archive of something else has thousands of those. */
  async #withThread(scan: (thread: LayerThread) => Promise<LayerScan>): Promise<LayerScan> {
    const thread = await this.#acquire();
    try {
      const scanned = await scan(thread);
      this.#release(thread);
      return scanned;
    } catch (error) {
      if (thread.isUsable) this.#release(thread);
      else await this.#discard(thread);
      throw error;
    }
  }

  async #discard(thread: LayerThread): Promise<void> {
    this.#threads.delete(thread);
    await thread.terminate(new Error("its scan failed"));
    this.#serveWaiting();
  }

  #acquire(): Promise<LayerThread> {
    const waiting = Promise.withResolvers<LayerThread>();
    this.#waiting.push(waiting);
    if (this.#closedBy) this.#rejectWaiting(this.#closedBy);
    else this.#serveWaiting();
    return waiting.promise;
  }

  #release(thread: LayerThread): void {
    if (this.#closedBy) return;
    this.#idle.push(thread);
    this.#serveWaiting();
  }

  #serveWaiting(): void {
    if (this.#closedBy || this.#waiting.length === 0) return;
    if (this.#idle.length === 0 && this.#threads.size >= this.#maxThreads) return;
    this.#waiting.shift()!.resolve(this.#idle.pop() ?? this.#openThread());
  }

  #openThread(): LayerThread {
    const { limits = SCAN_LIMITS, chunks } = this.#options;
    const thread = new LayerThread({ budget: this.#budget.shared, limits, chunks }, this.#options.onRead);
    this.#threads.add(thread);
    return thread;
  }

  #rejectWaiting(error: Error): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }

  async #terminate(error: Error): Promise<void> {
    this.#closedBy ??= error;
    this.#rejectWaiting(this.#closedBy);
    const threads = [...this.#threads];
    this.#threads.clear();
    await Promise.all(threads.map((thread) => thread.terminate(error)));
  }
}
