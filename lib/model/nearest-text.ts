/** Characters compared at most: names are shorter, and the time grows with the product of both lengths. */
const MAX_COMPARED = 100;

/** Number of mistakes allowed in a word of this length. */
const MAX_MISTAKES_OF_SHORT = 1;
const MAX_MISTAKES = 3;
const LETTERS_A_MISTAKE = 4;

/** The candidates of which `text` is most likely a misspelling, the nearest first; none if none is near. */
export function nearestTexts(text: string, candidates: readonly string[], limit: number): string[] {
  const asked = text.slice(0, MAX_COMPARED).toLowerCase();
  const allowed = Math.min(MAX_MISTAKES, Math.max(MAX_MISTAKES_OF_SHORT, Math.floor(asked.length / LETTERS_A_MISTAKE)));
  return candidates
    .filter(({ length }) => Math.min(length, MAX_COMPARED) - asked.length <= allowed)
    .map((candidate) => ({ candidate, mistakes: countMistakes(asked, candidate.slice(0, MAX_COMPARED).toLowerCase()) }))
    .filter(({ mistakes }) => mistakes <= allowed)
    .sort((a, b) => a.mistakes - b.mistakes)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/**
 * Characters deleted, inserted, substituted, or swapped with their neighbour (optimal string alignment: Damerau's four edits,
 * none within another).
 */
export function countMistakes(a: string, b: string): number {
  let [before, last] = [new Array<number>(b.length + 1).fill(0), Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(changed, last[j]! + 1, row[j - 1]! + 1, swapped ? before[j - 2]! + 1 : Infinity);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
