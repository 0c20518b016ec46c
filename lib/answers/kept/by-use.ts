import { LRUCache } from "lru-cache";

/** Values of immutable artifacts in memory: the least recently used leave first once all together weigh more than the limit. */
export class KeptByUse<Value extends NonNullable<unknown>, Key extends string | number = number> {
  readonly #cache: LRUCache<Key, Value, () => Promise<Value>>;

  constructor(limit: number, weigh: (value: Value) => number) {
    this.#cache = new LRUCache({
      maxSize: limit,
      // A value over the limit is kept alone: each page would load it again.
      sizeCalculation: (value) => Math.min(limit, Math.max(1, weigh(value))),
      fetchMethod: (_key, _stale, { context: load }) => load(),
      // Forgotten while it loads: whoever waits for it gets it still.
      ignoreFetchAbort: true,
    });
  }

  /** The value kept for the key, else what `load` gives; two that ask at once share one load, and a failed one is not kept. */
  get(key: Key, load: () => Promise<Value>): Promise<Value> {
    return this.#cache.forceFetch(key, { context: load });
  }

  /** The next that asks loads it again. */
  forget(key: Key): void {
    this.#cache.delete(key);
  }
}
