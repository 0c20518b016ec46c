/** The end of one stream in a list. */
const END = new Uint8Array(0);

/** Several streams as one, each ended by an empty chunk. */
export async function* joinStreams(streams: AsyncIterable<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  for await (const stream of streams) {
    for await (const chunk of stream) if (chunk.length > 0) yield chunk;
    yield END;
  }
}

/** The streams that `joinStreams` joined, one after the other. */
export class StreamList {
  readonly #chunks: AsyncIterator<Uint8Array>;

  constructor(joined: AsyncIterable<Uint8Array>) {
    this.#chunks = joined[Symbol.asyncIterator]();
  }

  /** Gives the next stream to `read`, and passes over what that has left of it. */
  async use<T>(read: (stream: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T> {
    const rest = { isOpen: true };
    const result = await read(this.#untilEnd(rest));
    for await (const _ of this.#untilEnd(rest));
    return result;
  }

  /** Not a loop over the chunks: a reader that stops early would close them for the streams that follow. */
  async *#untilEnd(rest: { isOpen: boolean }): AsyncGenerator<Uint8Array> {
    while (rest.isOpen) {
      const { value, done } = await this.#chunks.next();
      rest.isOpen = done !== true && value.length > 0;
      if (rest.isOpen) yield value;
    }
  }
}
