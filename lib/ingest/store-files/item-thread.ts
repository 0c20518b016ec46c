import { Worker } from "node:worker_threads";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { toError } from "#lib/model/thrown-error.ts";
import type { ItemFault, ItemReply, ItemToRead, ItemWorkerSettings } from "./item-job.ts";

/** Files are recorded in typed arrays outside the JavaScript heap, which contains at most one directory's names. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/** Messages of a thread while it reads. */
export interface ItemListener {
  onRead(byteCount: number): void;
  onFiles(files: StoreFiles): void;
}

/** One worker thread, reading one list of items at a time. */
export class ItemThread {
  readonly #worker: Worker;
  readonly #listener: ItemListener;
  #current: PromiseWithResolvers<readonly ItemFault[]> = Promise.withResolvers();

  constructor(settings: ItemWorkerSettings, listener: ItemListener) {
    this.#listener = listener;
    this.#worker = new Worker(new URL("./item-worker.ts", import.meta.url), {
      workerData: settings,
      resourceLimits: RESOURCE_LIMITS,
      name: "store item",
    });
    this.#worker.on("message", (reply: ItemReply) => this.#take(reply));
    this.#worker.on("error", (error: Error) => this.#current.reject(error));
    this.#worker.on("exit", (code) => this.#current.reject(new Error(`a thread that reads items ended (${code})`)));
  }

  /** The items whose files are not known, with the reason. */
  read(items: readonly ItemToRead[]): Promise<readonly ItemFault[]> {
    this.#current = Promise.withResolvers();
    this.#worker.postMessage(items);
    return this.#current.promise;
  }

  async close(): Promise<void> {
    // A thread that ends with no caller waiting for it is no failure.
    this.#current.promise.catch(() => undefined);
    await this.#worker.terminate();
  }

  #take(reply: ItemReply): void {
    if (reply.type === "read") this.#listener.onRead(reply.byteCount);
    else if (reply.type === "files") this.#listener.onFiles(reply.files);
    else if (reply.type === "done") this.#current.resolve(reply.faults);
    else this.#current.reject(toError(reply.error));
  }
}
