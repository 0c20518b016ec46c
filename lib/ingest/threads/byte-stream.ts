import { on } from "node:events";
import type { MessagePort } from "node:worker_threads";

/** Pieces in flight to a thread before it has used one. */
const PIECES_AHEAD = 2;
/** One piece is in use, the next ones arrive, and one is being filled. */
const SLOTS = PIECES_AHEAD + 2;
/** Maximum size of a piece. */
export const PIECE_BYTES = 512 * 1024;
/** A piece that is not full waits this long for more. */
const EARLY_MS = 5;

/**
 * Sends chunks when the other side asks for them, so that a fast source does not fill the memory. Stops when the port closes. The
 * bytes travel in a few slots of shared memory, in large pieces: with a buffer and a message for each chunk of a download,
 * collecting garbage and waking threads take as long as the download.
 */
export async function sendChunks(chunks: AsyncIterable<Uint8Array>, port: MessagePort): Promise<void> {
  const sender = new PieceSender(port);
  try {
    for await (const chunk of chunks) {
      await sender.add(chunk);
      if (sender.isClosed) return;
    }
    await sender.end();
  } finally {
    sender.stop();
  }
}

class PieceSender {
  readonly #port: MessagePort;
  readonly #slots = toSlots(new SharedArrayBuffer(SLOTS * PIECE_BYTES));
  /** Pieces that the other side has asked for, and sent ones. */
  #asked = 0;
  #sent = 0;
  /** Bytes in the slot that is being filled. */
  #filled = 0;
  #timer: NodeJS.Timeout | undefined;
  #change = Promise.withResolvers<void>();
  isClosed = false;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on("message", () => this.#note(() => this.#asked++));
    port.on("close", () => this.#note(() => (this.isClosed = true)));
    port.postMessage(this.#slots[0]!.buffer);
  }

  /** An empty chunk is a piece of its own. */
  async add(chunk: Uint8Array): Promise<void> {
    if (chunk.length === 0) {
      await this.#flush();
      await this.#send();
    }
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) await this.#fill(chunk.subarray(at, at + PIECE_BYTES));
    if (this.#filled > 0) this.#timer ??= setTimeout(() => this.#sendEarly(), EARLY_MS);
  }

  async end(): Promise<void> {
    await this.#flush();
    if (!this.isClosed) this.#port.postMessage(undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #fill(bytes: Uint8Array): Promise<void> {
    if (this.#filled + bytes.length > PIECE_BYTES) await this.#send();
    this.#slots[this.#sent % SLOTS]!.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  async #flush(): Promise<void> {
    if (this.#filled > 0) await this.#send();
  }

  /** Waits until the other side has asked. */
  async #send(): Promise<void> {
    while (this.#asked <= this.#sent && !this.isClosed) await this.#change.promise;
    this.#post();
  }

  /** The source is slow. If the other side is slow too, the piece waits for more. */
  #sendEarly(): void {
    this.#timer = undefined;
    if (this.#filled > 0 && this.#asked > this.#sent) this.#post();
    else if (this.#filled > 0) this.#timer = setTimeout(() => this.#sendEarly(), EARLY_MS);
  }

  #post(): void {
    if (!this.isClosed) this.#port.postMessage(this.#filled);
    this.#sent++;
    this.#filled = 0;
  }

  #note(change: () => void): void {
    change();
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }
}

/** The bytes that `sendChunks` sends to the other end of the port. Each piece is valid until the next is asked for. */
export async function* receiveChunks(port: MessagePort): AsyncGenerator<Uint8Array> {
  const messages = on(port, "message");
  for (let i = 0; i < PIECES_AHEAD; i++) port.postMessage("more");
  let slots: readonly Uint8Array[] | undefined;
  let received = 0;
  for await (const [message] of messages) {
    if (message === undefined) return;
    if (slots === undefined) slots = toSlots(message);
    else {
      port.postMessage("more");
      yield slots[received++ % SLOTS]!.subarray(0, message);
    }
  }
}

/** The same, each piece with memory of its own. */
export async function* receiveCopies(port: MessagePort): AsyncGenerator<Uint8Array> {
  for await (const piece of receiveChunks(port)) yield piece.slice();
}

function toSlots(buffer: SharedArrayBuffer): Buffer[] {
  return Array.from({ length: SLOTS }, (_, i) => Buffer.from(buffer, i * PIECE_BYTES, PIECE_BYTES));
}
