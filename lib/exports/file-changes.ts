import type { FileChange, FileChangeKind } from "#lib/model/answer.ts";

export const FILE_SORTS = ["difference", "path", "left", "right"] as const;
export type FileSort = (typeof FILE_SORTS)[number];

export interface FileFilter {
  /** Empty: all. */
  readonly changes: readonly FileChangeKind[];
  readonly sort: FileSort;
  readonly direction: "asc" | "desc";
}

type Comparer = (a: FileChange, b: FileChange) => number;

const comparePaths: Comparer = (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
const leftBytes = ({ left }: FileChange) => left?.bytes ?? 0;
const rightBytes = ({ right }: FileChange) => right?.bytes ?? 0;

/** Bytes on the right minus those on the left. */
export function fileDelta(row: FileChange): number {
  return rightBytes(row) - leftBytes(row);
}

const differenceOf = (row: FileChange) => Math.abs(fileDelta(row));
const togetherOf = (row: FileChange) => leftBytes(row) + rightBytes(row);

const COMPARERS: Readonly<Record<FileSort, Comparer>> = {
  // If differences are equal, the larger file comes first: a file replaced by one of equal size matters more than a new mode.
  difference: (a, b) => differenceOf(a) - differenceOf(b) || togetherOf(a) - togetherOf(b),
  path: comparePaths,
  left: (a, b) => leftBytes(a) - leftBytes(b),
  right: (a, b) => rightBytes(a) - rightBytes(b),
};

/** Files that match the filter, in its order. Ties are broken by path, so that a URL always shows the same. */
export function chooseFileChanges(rows: readonly FileChange[], { changes, sort, direction }: FileFilter): FileChange[] {
  const turn = direction === "asc" ? 1 : -1;
  const compare = COMPARERS[sort];
  return rows
    .filter(({ change }) => changes.length === 0 || changes.includes(change))
    .sort((a, b) => turn * compare(a, b) || comparePaths(a, b));
}
