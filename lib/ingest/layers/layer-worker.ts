import { parentPort, workerData } from "node:worker_threads";
import { toThrown } from "#lib/model/thrown-error.ts";
import { readRange } from "#lib/sources/file-range.ts";
import { isDocument } from "./documents.ts";
import { buffersOf, type LayerJob, type WorkerReply, type WorkerRequest, type WorkerSettings } from "./layer-job.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

/** The chunks that the main thread sends, requested one by one, so that a fast source does not fill the memory. */
class FedChunks implements AsyncIterable<Uint8Array> {
  readonly #chunks: Uint8Array[] = [];
  #ended = false;
  #wake: () => void = () => {};

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        reply({ type: "more" });
        yield chunk;
      } else if (this.#ended) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}

const settings = workerData as WorkerSettings;
const budget = new ScanBudget(settings.budget);
let fed = new FedChunks();

function reply(message: WorkerReply, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transfer);
}

/** Bytes of a blob reported at once: a message per chunk would be too many. */
const TOLD_BYTES = 2 * 1024 ** 2;

let untoldBytes = 0;

function onRead(byteCount: number): void {
  untoldBytes += byteCount;
  if (untoldBytes >= TOLD_BYTES) tell();
}

function tell(): void {
  reply({ type: "read", byteCount: untoldBytes });
  untoldBytes = 0;
}

async function scan(job: LayerJob): Promise<void> {
  const blob = job.kind === "stream" ? fed : readRange(job.file, job.offset, job.length, { reuse: true });
  try {
    const { limits, chunks } = settings;
    const scan = await scanLayer(blob, { isDocument, limits, budget, chunks, onRead });
    tell();
    reply({ type: "scanned", scan }, buffersOf(scan));
  } catch (error) {
    reply({ type: "failed", error: toThrown(error) });
  }
}

parentPort!.on("message", (request: WorkerRequest) => {
  if (request.type === "chunk") fed.push(request.chunk);
  else if (request.type === "end") fed.end();
  else {
    fed = new FedChunks();
    void scan(request.job);
  }
});
