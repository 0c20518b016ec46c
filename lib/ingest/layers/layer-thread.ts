import { Worker } from "node:worker_threads";
import type { LayerScan } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { toError } from "#lib/model/thrown-error.ts";
import type { LayerJob, WorkerReply, WorkerRequest, WorkerSettings } from "./layer-job.ts";

/** Chunks in flight to a worker before it has asked for one. */
export const CHUNKS_AHEAD = 2;

/** Scans use typed arrays outside the JavaScript heap; the rest is small, whatever the layer. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/** One worker thread, scanning one layer at a time. */
export class LayerThread {
  readonly #worker: Worker;
  #resolve: (scan: LayerScan) => void = () => {};
  #reject: (error: Error) => void = () => {};
  #credits = 0;
  #wake: () => void = () => {};
  #busy = false;
  #hasAnswered = true;

  readonly #onRead: (byteCount: number) => void;

  /** `onRead` gets the number of blob bytes read, a few MiB at a time. */
  constructor(settings: WorkerSettings, onRead: (byteCount: number) => void = () => {}) {
    this.#onRead = onRead;
    this.#worker = new Worker(new URL("./layer-worker-entry.ts", import.meta.url), {
      workerData: settings,
      resourceLimits: RESOURCE_LIMITS,
      name: "layer",
    });
    this.#worker.on("message", (reply: WorkerReply) => this.#take(reply));
    this.#worker.on("error", (error: Error) => this.#settle(() => this.#reject(toLimit(error))));
    this.#worker.on("exit", (code) => this.#settle(() => this.#reject(new Error(`a layer thread ended (${code})`))));
    // A pool that was not closed must not keep the process alive; a running scan does.
    this.#worker.unref();
  }

  /** False if the thread has ended, or if its last scan got no answer and may still be running. */
  get isUsable(): boolean {
    return this.#hasAnswered;
  }

  scan(job: LayerJob): Promise<LayerScan> {
    this.#busy = true;
    this.#hasAnswered = false;
    this.#credits = CHUNKS_AHEAD;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#post({ type: "scan", job });
    });
  }

  /** Sends the chunks as the worker asks for them. Stops reading when the scan fails. */
  async scanStream(chunks: AsyncIterable<Uint8Array>): Promise<LayerScan> {
    const scanned = this.scan({ kind: "stream" });
    // Awaited below; without this, a failure while a chunk is being fetched would count as unhandled.
    scanned.catch(() => {});
    await this.#feed(chunks);
    return scanned;
  }

  async #feed(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      while (this.#busy && this.#credits === 0) await this.#asked();
      if (!this.#busy) return;
      this.#credits--;
      // The chunk may be in a shared pool of buffers: only a copy can be transferred.
      const copy = Uint8Array.from(chunk);
      this.#post({ type: "chunk", chunk: copy }, [copy.buffer]);
    }
    this.#post({ type: "end" });
  }

  terminate(error: Error): Promise<number> {
    this.#settle(() => this.#reject(error));
    return this.#worker.terminate();
  }

  #asked(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #post(request: WorkerRequest, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #take(reply: WorkerReply): void {
    if (reply.type === "scanned" || reply.type === "failed") {
      this.#hasAnswered = true;
      this.#settle(() => (reply.type === "failed" ? this.#reject(toError(reply.error)) : this.#resolve(reply.scan)));
    } else if (reply.type === "read") this.#onRead(reply.byteCount);
    else {
      this.#credits++;
      this.#wake();
    }
  }

  #settle(settle: () => void): void {
    if (!this.#busy) return;
    this.#busy = false;
    this.#worker.unref();
    settle();
    this.#wake();
  }
}

/** V8 ends a thread that fills its heap: the layer needs more memory than a layer may use. */
function toLimit(error: Error): Error {
  if (!("code" in error) || error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  const message = `reading it takes more than ${RESOURCE_LIMITS.maxOldGenerationSizeMb} MiB of heap`;
  return new InputError("limit-exceeded", "", message, { cause: error });
}
