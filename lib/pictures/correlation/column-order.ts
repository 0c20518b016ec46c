import type { PictureColumn } from "./columns.ts";

/** Bytes that two columns share: in the same place, which a disk shares, and elsewhere. */
interface Shared {
  readonly chain: number;
  readonly moved: number;
}

/**
 * The order of the columns, as positions in the given list: those with a common base are neighbours, so that
 * bands pass behind as few other columns as possible. After each column comes the one that shares most with
 * it; ties keep the given order. Runs that share nothing in place are ordered by their largest
 * column, so that a picture wider than the page does not open on an empty area. What layers share in place is a prefix, so
 * a run with one base is never broken; store items may be shared crosswise, and then some bands pass other columns.
 */
export function orderColumns(columns: readonly PictureColumn[]): number[] {
  const runs: number[][] = [];
  const left = new Set(columns.keys());
  for (let last: number | undefined; left.size > 0; ) {
    const next = findNearest(columns, last, left);
    left.delete(next.column);
    if (next.chain > 0) runs.at(-1)!.push(next.column);
    else runs.push([next.column]);
    last = next.column;
  }
  const largest = (run: readonly number[]) => Math.max(...run.map((column) => columns[column]!.bytes));
  return runs.sort((a, b) => largest(b) - largest(a)).flat();
}

function findNearest(columns: readonly PictureColumn[], last: number | undefined, left: ReadonlySet<number>) {
  let nearest: (Shared & { readonly column: number }) | undefined;
  for (const column of left) {
    const shared = last === undefined ? NOTHING : sharedBytes(columns[last]!, columns[column]!);
    if (nearest === undefined || isMore(shared, nearest)) nearest = { column, ...shared };
  }
  return nearest!;
}

const NOTHING: Shared = { chain: 0, moved: 0 };

function isMore(a: Shared, b: Shared): boolean {
  return a.chain === b.chain ? a.moved > b.moved : a.chain > b.chain;
}

function sharedBytes(one: PictureColumn, other: PictureColumn): Shared {
  const places = new Set(other.strata.map(({ key, place }) => `${key} ${place}`));
  const keys = new Set(other.strata.map(({ key }) => key));
  let [chain, moved] = [0, 0];
  for (const { key, place, bytes } of one.strata) {
    if (places.has(`${key} ${place}`)) chain += bytes;
    else if (keys.has(key)) moved += bytes;
  }
  return { chain, moved };
}
