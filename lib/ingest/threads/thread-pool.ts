import { MessageChannel } from "node:worker_threads";
import { sendChunks } from "./byte-stream.ts";
import { Thread } from "./thread.ts";

export interface ThreadPoolOptions<Message> {
  /** Module of the jobs: see `JobModule`. */
  readonly module: URL;
  readonly settings: unknown;
  readonly maxThreads: number;
  readonly signal?: AbortSignal;
  readonly onMessage: (message: Message) => void;
}

/** Runs jobs in worker threads, one at a time in each. Further jobs wait for a free thread, in order. */
export class ThreadPool<Input, Result, Message> {
  readonly #options: ThreadPoolOptions<Message>;
  readonly #threads = new Set<Thread>();
  readonly #idle: Thread[] = [];
  readonly #waiting: PromiseWithResolvers<Thread>[] = [];
  /** Reason for refusing further jobs. */
  #closedBy: Error | undefined;
  readonly #abort = () => void this.#terminate(this.#options.signal?.reason);

  constructor(options: ThreadPoolOptions<Message>) {
    this.#options = options;
    if (options.signal?.aborted) this.#closedBy = options.signal.reason;
    options.signal?.addEventListener("abort", this.#abort, { once: true });
  }

  /** Throws the errors of the job. */
  run(input: Input): Promise<Result> {
    return this.#withThread((thread) => thread.run({ input, stream: undefined }));
  }

  /** Also sends the chunks, no faster than the job reads them. Throws the errors of the job and of `chunks`. */
  runStream(input: Input, chunks: AsyncIterable<Uint8Array>): Promise<Result> {
    return this.#withThread(async (thread) => {
      const { port1, port2 } = new MessageChannel();
      const [result] = await Promise.all([thread.run({ input, stream: port2 }), sendChunks(chunks, port1)]);
      return result;
    });
  }

  /** Ends idle threads and frees their memory; the next job starts a thread again. */
  async rest(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => this.#discard(thread)));
  }

  /** Ends the threads; current jobs fail. */
  async close(): Promise<void> {
    this.#options.signal?.removeEventListener("abort", this.#abort);
    await this.#terminate(new Error("the thread pool is closed"));
  }

  /** A thread continues after a failed job: an archive of something else than layers has thousands of those. */
  async #withThread(run: (thread: Thread) => Promise<unknown>): Promise<Result> {
    const thread = await this.#acquire();
    try {
      if (this.#closedBy !== undefined) throw this.#closedBy;
      return (await run(thread)) as Result;
    } finally {
      if (thread.isIdle) this.#idle.push(thread);
      else await this.#discard(thread);
      this.#serveWaiting();
    }
  }

  async #discard(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    await thread.terminate(new Error("the thread is not needed any more"));
  }

  #acquire(): Promise<Thread> {
    const waiting = Promise.withResolvers<Thread>();
    this.#waiting.push(waiting);
    this.#serveWaiting();
    return waiting.promise;
  }

  #serveWaiting(): void {
    if (this.#closedBy !== undefined) {
      for (const { reject } of this.#waiting.splice(0)) reject(this.#closedBy);
    } else if (this.#waiting.length > 0 && (this.#idle.length > 0 || this.#threads.size < this.#options.maxThreads)) {
      this.#waiting.shift()!.resolve(this.#idle.pop() ?? this.#openThread());
    }
  }

  #openThread(): Thread {
    const { module, settings, onMessage } = this.#options;
    const thread = new Thread({ module: module.href, settings }, (message) => onMessage(message as Message));
    this.#threads.add(thread);
    return thread;
  }

  async #terminate(error: Error): Promise<void> {
    this.#closedBy ??= error;
    this.#serveWaiting();
    await Promise.all(Array.from(this.#threads, (thread) => thread.terminate(error)));
    this.#threads.clear();
  }
}
