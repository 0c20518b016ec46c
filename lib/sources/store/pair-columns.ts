export interface SortedPairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

const FIRST_CAPACITY = 1 << 12;

/** Pairs of row numbers in two growing columns. */
export class PairColumns {
  #count = 0;
  #first = new Int32Array(FIRST_CAPACITY);
  #second = new Int32Array(FIRST_CAPACITY);

  push(first: number, second: number): void {
    if (this.#count === this.#first.length) {
      this.#first = doubled(this.#first);
      this.#second = doubled(this.#second);
    }
    this.#first[this.#count] = first;
    this.#second[this.#count] = second;
    this.#count += 1;
  }

  /** The distinct pairs, by first and then by second. All numbers are in 0 … bound - 1. Two counting sorts: O(pairs + bound). */
  toSorted(bound: number): SortedPairs {
    const first = this.#first.subarray(0, this.#count);
    const second = this.#second.subarray(0, this.#count);
    const bySecond = countingSort({ first, second }, second, bound);
    return dropRepeated(countingSort(bySecond, bySecond.first, bound));
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(column.length * 2);
  longer.set(column);
  return longer;
}

/** Stable, by the key column. */
function countingSort({ first, second }: SortedPairs, key: Int32Array, bound: number): SortedPairs {
  const next = new Int32Array(bound + 1);
  for (const k of key) next[k + 1]! += 1;
  for (let k = 0; k < bound; k++) next[k + 1]! += next[k]!;
  const sorted = { first: new Int32Array(first.length), second: new Int32Array(first.length) };
  for (let i = 0; i < key.length; i++) {
    const at = next[key[i]!]!++;
    sorted.first[at] = first[i]!;
    sorted.second[at] = second[i]!;
  }
  return sorted;
}

/** Takes ownership of the sorted columns. */
function dropRepeated({ first, second }: SortedPairs): SortedPairs {
  let count = 0;
  for (let i = 0; i < first.length; i++) {
    if (i > 0 && first[i] === first[count - 1] && second[i] === second[count - 1]) continue;
    first[count] = first[i]!;
    second[count] = second[i]!;
    count += 1;
  }
  return { first: first.slice(0, count), second: second.slice(0, count) };
}
