/** The end of one stream in a list. */
const END = new Uint8Array(0);

/** Several streams as one, each ended by an empty chunk. */
export async function* joinStreams(streams: AsyncIterable<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  for await (const stream of streams) {
    for await (const chunk of stream) if (chunk.length > 0) yield chunk;
    yield END;
  }
}

/** One stream while it is read. */
interface Rest {
  isOpen: boolean;
  /** The chunk that was asked for last. */
  taking: Promise<unknown>;
}

/** The streams that `joinStreams` joined, one after the other. */
export class StreamList {
  readonly #chunks: AsyncIterator<Uint8Array>;

  constructor(joined: AsyncIterable<Uint8Array>) {
    this.#chunks = joined[Symbol.asyncIterator]();
  }

  /** Gives the next stream to `read`, and passes over what that has left of it. */
  async use<T>(read: (stream: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T> {
    const rest: Rest = { isOpen: true, taking: Promise.resolve() };
    const result = await read(this.#untilEnd(rest));
    // A decoder that fails has asked for the next chunk already, which may be the end.
    await rest.taking;
    for await (const _ of this.#untilEnd(rest));
    return result;
  }

  /** Not a loop over the chunks: a reader that stops early would close them for the streams that follow. */
  async *#untilEnd(rest: Rest): AsyncGenerator<Uint8Array> {
    while (rest.isOpen) {
      const taking = this.#take(rest);
      rest.taking = taking;
      const chunk = await taking;
      if (chunk !== undefined) yield chunk;
    }
  }

  async #take(rest: Rest): Promise<Uint8Array | undefined> {
    const { value, done } = await this.#chunks.next();
    rest.isOpen = done !== true && value.length > 0;
    return rest.isOpen ? value : undefined;
  }
}
