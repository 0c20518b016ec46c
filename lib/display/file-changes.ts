import type { FileChange } from "#lib/model/answer.ts";

export const FILE_SORTS = ["difference", "path", "left", "right"] as const;
export type FileSort = (typeof FILE_SORTS)[number];

export interface FileFilter {
  /** Empty: all. */
  readonly changes: readonly FileChange["change"][];
  readonly sort: FileSort;
  readonly direction: "asc" | "desc";
}

type Comparer = (a: FileChange, b: FileChange) => number;

const comparePaths: Comparer = (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
const differenceOf = ({ leftBytes, rightBytes }: FileChange) => Math.abs(rightBytes - leftBytes);

const COMPARERS: Readonly<Record<FileSort, Comparer>> = {
  // Of equal differences the larger file first: one that was replaced by another of its size is more than a new mode.
  difference: (a, b) => differenceOf(a) - differenceOf(b) || a.leftBytes + a.rightBytes - b.leftBytes - b.rightBytes,
  path: comparePaths,
  left: (a, b) => a.leftBytes - b.leftBytes,
  right: (a, b) => a.rightBytes - b.rightBytes,
};

/** Files that pass the filter, in its order. Ties are broken by path, so that an address always shows the same. */
export function chooseFileChanges(rows: readonly FileChange[], { changes, sort, direction }: FileFilter): FileChange[] {
  const turn = direction === "asc" ? 1 : -1;
  const compare = COMPARERS[sort];
  return rows
    .filter(({ change }) => changes.length === 0 || changes.includes(change))
    .sort((a, b) => turn * compare(a, b) || comparePaths(a, b));
}
