import { Worker } from "node:worker_threads";
import { errorCode } from "#lib/model/error-code.ts";
import { InputError } from "#lib/model/problem.ts";
import { toError } from "#lib/model/thrown-error.ts";
import type { Job, Reply, ThreadStart } from "./job.ts";

/** Jobs use typed arrays outside the JavaScript heap; the rest is small, whatever the input. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/** One worker thread, running one job at a time. */
export class Thread {
  readonly #worker: Worker;
  readonly #onMessage: (message: unknown) => void;
  #current: PromiseWithResolvers<unknown> | undefined;

  constructor(start: ThreadStart, onMessage: (message: unknown) => void) {
    this.#onMessage = onMessage;
    const options = { workerData: start, resourceLimits: RESOURCE_LIMITS };
    this.#worker = new Worker(new URL("./thread-entry.ts", import.meta.url), options);
    this.#worker.on("message", (reply: Reply) => this.#take(reply));
    this.#worker.on("error", (error: Error) => this.#current?.reject(toLimit(error)));
    this.#worker.on("exit", (code) => this.#current?.reject(new Error(`a worker thread ended (${code})`)));
    // A pool that was not closed must not keep the process alive; a running job does.
    this.#worker.unref();
  }

  /** False if its job got no answer: it may still be running, or the thread has ended. */
  get isIdle(): boolean {
    return this.#current === undefined;
  }

  /** Throws the errors of the job, and an InputError (`limit-exceeded`) if it needs too much memory. */
  run(job: Job): Promise<unknown> {
    this.#current = Promise.withResolvers();
    this.#worker.ref();
    this.#worker.postMessage(job, job.stream && [job.stream]);
    return this.#current.promise;
  }

  terminate(error: Error): Promise<number> {
    this.#current?.reject(error);
    return this.#worker.terminate();
  }

  #take(reply: Reply): void {
    if (reply.kind === "message") this.#onMessage(reply.message);
    else {
      if (reply.kind === "done") this.#current?.resolve(reply.result);
      else this.#current?.reject(toError(reply.error));
      this.#current = undefined;
      this.#worker.unref();
    }
  }
}

/** V8 ends a thread that fills its heap: the input needs more memory than one job may use. */
function toLimit(error: Error): Error {
  if (errorCode(error) !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  const message = `reading it takes more than ${RESOURCE_LIMITS.maxOldGenerationSizeMb} MiB of heap`;
  return new InputError("limit-exceeded", "", message, { cause: error });
}
