import { LRUCache } from "lru-cache";

/** A cache of values of immutable artifacts: the least recently used are dropped once the total weight exceeds the limit. */
export class KeptByUse<Value extends NonNullable<unknown>, Key extends string | number = number> {
  readonly #cache: LRUCache<Key, Value, () => Promise<Value>>;

  constructor(limit: number, weigh: (value: Value) => number) {
    this.#cache = new LRUCache({
      maxSize: limit,
      // A value over the limit is cached alone; otherwise each page would load it again.
      sizeCalculation: (value) => Math.min(limit, Math.max(1, weigh(value))),
      fetchMethod: (_key, _stale, { context: load }) => load(),
      // Forgotten while it loads: callers that wait for it still get it.
      ignoreFetchAbort: true,
    });
  }

  /**
   * The cached value of the key, else the result of `load`; simultaneous callers share one load, and a failed one is not cached.
   */
  get(key: Key, load: () => Promise<Value>): Promise<Value> {
    return this.#cache.forceFetch(key, { context: load });
  }

  /** The next caller loads it again. */
  forget(key: Key): void {
    this.#cache.delete(key);
  }
}
