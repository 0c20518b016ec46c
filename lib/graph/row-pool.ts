const WORDS = 64;
const COLUMNS = WORDS * 32;
/** The row of the empty set. */
const EMPTY = 0;
const FIRST_CAPACITY = 1024;

/**
 * Sets of the columns of one block (bit rows), each distinct set stored and weighed once. A union is built with `start`, any
 * number of `add`s and `finish`. Most unions of a dependency graph equal one of their own parts (a node that needs bash and libc
 * reaches the same as bash); those cost a comparison and no new row. Each union makes at most one row, so a pool takes at most
 * 150 bytes per node, for one block at a time.
 */
export class RowPool {
  static readonly columns = COLUMNS;
  #words = new Int32Array(WORDS * FIRST_CAPACITY);
  #weight = new Float64Array(FIRST_CAPACITY);
  #hash = new Int32Array(FIRST_CAPACITY);
  /** The last union that had this row as a part. */
  #takenBy = new Int32Array(FIRST_CAPACITY);
  /** Open addressing over the rows' contents, at most half full; 0 is free. */
  #slots = new Int32Array(2 * FIRST_CAPACITY);
  #count = 1;
  #union = 0;
  /** The union so far: this row or, once a row was added to it, the scratch row. */
  #base = EMPTY;
  #changed = false;
  #unionWeight = 0;
  readonly #scratch = new Int32Array(WORDS);
  readonly #byteWeight = new Float64Array((COLUMNS / 8) * 256);

  /** Clears all rows and sets the weights of the next block's columns (at most `columns` of them). */
  reset(columnWeight: Float64Array): void {
    this.#count = 1;
    this.#union = 0;
    this.#takenBy.fill(0);
    this.#slots.fill(0);
    weighBytes(columnWeight, this.#byteWeight);
  }

  weightOf(row: number): number {
    return this.#weight[row]!;
  }

  start(): void {
    this.#union++;
    this.#base = EMPTY;
    this.#changed = false;
  }

  add(row: number): void {
    if (row === EMPTY || this.#takenBy[row] === this.#union) return;
    this.#takenBy[row] = this.#union;
    if (this.#base === EMPTY && !this.#changed) {
      this.#base = row;
    } else if (this.#changed || !this.#baseContains(row)) {
      this.#copyBase();
      this.#absorb(row);
    }
  }

  /** Whether the union so far has a column. */
  has(column: number): boolean {
    const word = this.#changed ? this.#scratch[column >>> 5]! : this.#words[this.#base * WORDS + (column >>> 5)]!;
    return ((word >>> (column & 31)) & 1) === 1;
  }

  /** Adds one column that is not in the union. */
  addColumn(column: number): void {
    this.#copyBase();
    this.#scratch[column >>> 5]! |= 1 << (column & 31);
    this.#unionWeight += this.#byteWeight[(column >>> 3) * 256 + (1 << (column & 7))]!;
  }

  /** The row of the union. */
  finish(): number {
    return this.#changed ? this.#intern(this.#unionWeight) : this.#base;
  }

  #baseContains(row: number): boolean {
    const words = this.#words;
    const end = row * WORDS + WORDS;
    for (let b = this.#base * WORDS, r = row * WORDS; r < end; r++, b++) {
      if ((words[r]! & ~words[b]!) !== 0) return false;
    }
    return true;
  }

  #copyBase(): void {
    if (this.#changed) return;
    const words = this.#words;
    const scratch = this.#scratch;
    for (let w = 0, b = this.#base * WORDS; w < WORDS; w++, b++) scratch[w] = words[b]!;
    this.#unionWeight = this.#weight[this.#base]!;
    this.#changed = true;
  }

  /** Adds a row's columns to the scratch row, and the weight of the new ones. */
  #absorb(row: number): void {
    const words = this.#words;
    const scratch = this.#scratch;
    const byteWeight = this.#byteWeight;
    let weight = 0;
    for (let w = 0, r = row * WORDS; w < WORDS; w++, r++) {
      const fresh = words[r]! & ~scratch[w]!;
      if (fresh === 0) continue;
      scratch[w]! |= fresh;
      const table = w * 1024;
      weight +=
        byteWeight[table + (fresh & 255)]! +
        byteWeight[table + 256 + ((fresh >>> 8) & 255)]! +
        byteWeight[table + 512 + ((fresh >>> 16) & 255)]! +
        byteWeight[table + 768 + (fresh >>> 24)]!;
    }
    this.#unionWeight += weight;
  }

  /** The row that equals the scratch row, created if necessary. */
  #intern(weight: number): number {
    const hash = hashWords(this.#scratch);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let row = slots[slot]!; row !== 0; row = slots[slot]!) {
      if (this.#hash[row] === hash && this.#equalsScratch(row)) return row;
      slot = (slot + 1) & mask;
    }
    const row = this.#count++;
    slots[slot] = row;
    this.#hash[row] = hash;
    this.#weight[row] = weight;
    this.#words.set(this.#scratch, row * WORDS);
    if (this.#count === this.#weight.length) this.#grow();
    return row;
  }

  #equalsScratch(row: number): boolean {
    const words = this.#words;
    const scratch = this.#scratch;
    for (let w = 0, p = row * WORDS; w < WORDS; w++, p++) if (words[p] !== scratch[w]) return false;
    return true;
  }

  #grow(): void {
    const capacity = this.#weight.length * 2;
    this.#words = extend(this.#words, new Int32Array(capacity * WORDS));
    this.#weight = extend(this.#weight, new Float64Array(capacity));
    this.#hash = extend(this.#hash, new Int32Array(capacity));
    this.#takenBy = extend(this.#takenBy, new Int32Array(capacity));
    this.#slots = new Int32Array(capacity * 2);
    const mask = this.#slots.length - 1;
    for (let row = 1; row < this.#count; row++) {
      let slot = this.#hash[row]! & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row;
    }
  }
}

function extend<T extends Int32Array | Float64Array>(old: T, grown: T): T {
  grown.set(old);
  return grown;
}

/** MurmurHash3's mixing step over the words. */
function hashWords(words: Int32Array): number {
  let hash = 0;
  for (let w = 0; w < words.length; w++) {
    const word = Math.imul(words[w]!, 0xcc9e2d51);
    hash ^= Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** For byte k of a row and each of its 256 values, the weight of its columns: `table[256 k + value]`. */
function weighBytes(columnWeight: Float64Array, table: Float64Array): void {
  for (let byte = 0; byte < COLUMNS / 8; byte++) {
    for (let value = 1; value < 256; value++) {
      const lowest = 31 - Math.clz32(value & -value);
      table[256 * byte + value] = table[256 * byte + (value & (value - 1))]! + (columnWeight[8 * byte + lowest] ?? 0);
    }
  }
}
