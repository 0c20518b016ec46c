export interface SortedPairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** The distinct pairs, by first and then by second. All numbers are in 0 … bound - 1. Two counting sorts: O(pairs + bound). */
export function sortPairs(first: Int32Array, second: Int32Array, bound: number): SortedPairs {
  const bySecond = countingSort(first, second, second, bound);
  const byBoth = countingSort(bySecond.first, bySecond.second, bySecond.first, bound);
  return dropRepeated(byBoth);
}

/** Stable, by the key column. */
function countingSort(first: Int32Array, second: Int32Array, key: Int32Array, bound: number): SortedPairs {
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

function dropRepeated({ first, second }: SortedPairs): SortedPairs {
  let count = 0;
  for (let i = 0; i < first.length; i++) {
    if (i > 0 && first[i] === first[i - 1] && second[i] === second[i - 1]) continue;
    first[count] = first[i]!;
    second[count] = second[i]!;
    count += 1;
  }
  return { first: first.slice(0, count), second: second.slice(0, count) };
}
