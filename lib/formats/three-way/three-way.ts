/** A value as a common origin had it, and as two sides have it now. */
export interface ThreeSides<T> {
  readonly base: T;
  readonly ours: T;
  readonly theirs: T;
}

/** One record of a text database, byte for byte (as latin1), without what separates it from the next. */
export interface TextRecord {
  /** What it is about: two records of one key are two states of one thing. */
  readonly key: string;
  readonly text: string;
}

/** A key that both sides changed, each in its own way; `undefined`: that side has no such record. */
export type Conflict<R> = ThreeSides<R | undefined> & { readonly key: string };

/** The record that stands for a conflict, `null` for none, `undefined` if it cannot be settled. */
export type Settle<R> = (conflict: Conflict<R>) => R | null | undefined;

export interface MergedRecords<R> {
  /** Theirs in their order, then what only ours has. */
  readonly records: readonly R[];
  /** Left out of the records. */
  readonly conflicts: readonly Conflict<R>[];
}

/**
 * Merges two lists of records with a common origin: of each key, the side that changed it counts. A key changed alike on both sides is
 * no conflict. A second record of one key on one side is a record of its own, so that nothing is lost. O(n).
 */
export function mergeRecords<R extends TextRecord>(
  sides: ThreeSides<readonly R[]>,
  settle: Settle<R>,
): MergedRecords<R> {
  const maps = { base: byKey(sides.base), ours: byKey(sides.ours), theirs: byKey(sides.theirs) };
  const records: R[] = [];
  const conflicts: Conflict<R>[] = [];
  for (const unique of new Set([...maps.theirs.keys(), ...maps.ours.keys()])) {
    const at = { base: maps.base.get(unique), ours: maps.ours.get(unique), theirs: maps.theirs.get(unique) };
    const conflict = { ...at, key: (at.theirs ?? at.ours)!.key };
    const kept = isConflict(at) ? settle(conflict) : changedSide(at);
    if (kept === undefined) conflicts.push(conflict);
    else if (kept !== null) records.push(kept);
  }
  return { records, conflicts };
}

function isConflict({ base, ours, theirs }: ThreeSides<TextRecord | undefined>): boolean {
  return ours?.text !== base?.text && theirs?.text !== base?.text && ours?.text !== theirs?.text;
}

function changedSide<R extends TextRecord>({ base, ours, theirs }: ThreeSides<R | undefined>): R | null {
  return (ours?.text === base?.text ? theirs : ours) ?? null;
}

function byKey<R extends TextRecord>(records: readonly R[]): Map<string, R> {
  const found = new Map<string, R>();
  const counts = new Map<string, number>();
  for (const record of records) {
    const count = counts.get(record.key) ?? 0;
    counts.set(record.key, count + 1);
    found.set(count === 0 ? record.key : `${record.key}\0${count}`, record);
  }
  return found;
}

/** The merged records in order if both sides are: a tool that sorts its database would write them so. */
export function sortLike<R>(
  records: readonly R[],
  { ours, theirs }: ThreeSides<readonly R[]>,
  compare: (a: R, b: R) => number,
): readonly R[] {
  const isSorted = (list: readonly R[]) => list.every((each, i) => i === 0 || compare(list[i - 1]!, each) <= 0);
  return isSorted(ours) && isSorted(theirs) ? records.toSorted(compare) : records;
}

/** Merges files whose lines are a set: a line is there or not, so that nothing conflicts. Each line ends in LF. */
export function mergeLines({ base, ours, theirs }: ThreeSides<string>): string {
  const sides = { base: splitLines(base), ours: splitLines(ours), theirs: splitLines(theirs) };
  const { records } = mergeRecords(sides, () => null);
  const sorted = sortLike(records, sides, (a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return sorted.map(({ text }) => `${text}\n`).join("");
}

function splitLines(text: string): TextRecord[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => ({ key: line, text: line }));
}
