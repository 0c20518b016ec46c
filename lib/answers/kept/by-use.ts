/** Values of immutable artifacts kept in memory, the longest unused leaving first once their weight exceeds the limit. */
export class KeptByUse<Value, Key extends string | number = number> {
  private readonly limit: number;
  private readonly weigh: (value: Value) => number;
  private readonly values = new Map<Key, { value: Promise<Value>; weight: number }>();
  private total = 0;

  constructor(limit: number, weigh: (value: Value) => number) {
    this.limit = limit;
    this.weigh = weigh;
  }

  /** The value kept for the id, else what `load` gives; two that ask at once share one load, and a failed one is not kept. */
  get(id: Key, load: () => Promise<Value>): Promise<Value> {
    const known = this.values.get(id);
    if (known === undefined) return this.keep(id, load());
    // Moved to the end: a Map iterates in order of insertion, the longest unused first.
    this.values.delete(id);
    this.values.set(id, known);
    return known.value;
  }

  /** The next that asks loads it anew. */
  forget(id: Key): void {
    this.total -= this.values.get(id)?.weight ?? 0;
    this.values.delete(id);
  }

  private keep(id: Key, value: Promise<Value>): Promise<Value> {
    const entry = { value, weight: 0 };
    this.values.set(id, entry);
    value.then(
      (loaded) => {
        // Forgotten while it was loaded: it is not here, and must not be counted.
        if (this.values.get(id) !== entry) return;
        entry.weight = this.weigh(loaded);
        this.total += entry.weight;
        this.trim(id);
      },
      () => {
        if (this.values.get(id) === entry) this.values.delete(id);
      },
    );
    return value;
  }

  private trim(newest: Key): void {
    for (const [id, { weight }] of this.values) {
      if (this.total <= this.limit) return;
      if (id === newest || weight === 0) continue;
      this.values.delete(id);
      this.total -= weight;
    }
  }
}
