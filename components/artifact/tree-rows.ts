import type { Directory, DirectoryChild } from "#lib/views/artifact.ts";

/** One row of the opened tree: a name, or (without a child) the rest of a directory that is not shown. */
export interface TreeRow {
  readonly path: string;
  readonly depth: number;
  readonly child: DirectoryChild | undefined;
  readonly open: boolean;
  readonly restCount: number;
  readonly restBytes: number;
}

/** The rows of a tree with these directories opened, each directory's children under its row. */
export function flattenTree(directories: readonly Directory[]): TreeRow[] {
  const opened = new Map(directories.map((directory) => [directory.path, directory]));
  const rows: TreeRow[] = [];
  // A stack of what is still to be written, the next on top: paths can be arbitrarily deep.
  const pending: TreeRow[] = rowsOf(opened.get(""), 0, opened).reverse();
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    rows.push(row);
    if (row.open) pending.push(...rowsOf(opened.get(row.path), row.depth + 1, opened).reverse());
  }
  return rows;
}

function rowsOf(directory: Directory | undefined, depth: number, opened: ReadonlyMap<string, Directory>): TreeRow[] {
  if (directory === undefined) return [];
  const { path, children, childCount, byteCount } = directory;
  const rows = children.map((child): TreeRow => {
    const open = child.path !== path && opened.has(child.path);
    return { path: child.path, depth, child, open, restCount: 0, restBytes: 0 };
  });
  const restCount = childCount - children.length;
  if (restCount === 0 && children.length > 0) return rows;
  const restBytes = byteCount - children.reduce((sum, child) => sum + child.byteCount, 0);
  return [...rows, { path, depth, child: undefined, open: false, restCount, restBytes }];
}
