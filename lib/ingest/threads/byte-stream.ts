import { on } from "node:events";
import type { MessagePort } from "node:worker_threads";

/** Chunks in flight to a thread before it has used one. */
export const CHUNKS_AHEAD = 2;

/** Sends each chunk when the other side asks for it, so that a fast source does not fill the memory. Stops when the port closes. */
export async function sendChunks(chunks: AsyncIterable<Uint8Array>, port: MessagePort): Promise<void> {
  const requests = on(port, "message", { close: ["close"] });
  for await (const chunk of chunks) {
    if ((await requests.next()).done === true) return;
    // The chunk may be in a shared pool of buffers: only a copy can be transferred.
    const copy = Uint8Array.from(chunk);
    port.postMessage(copy, [copy.buffer]);
  }
  port.postMessage(undefined);
}

/** The chunks that `sendChunks` sends to the other end of the port. */
export async function* receiveChunks(port: MessagePort): AsyncGenerator<Uint8Array> {
  const messages = on(port, "message");
  for (let i = 0; i < CHUNKS_AHEAD; i++) port.postMessage("more");
  for await (const [chunk] of messages) {
    if (chunk === undefined) return;
    port.postMessage("more");
    yield chunk;
  }
}
