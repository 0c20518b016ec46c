import type { ResultRow } from "./results.ts";

/** Changes with the shape of a row, so that what is read has the shape written here. */
const KEY = "stratigraph-recent-2";
const MAX_RECENT = 4;

/** The results opened last in this browser, the newest first. */
export function listRecent(): ResultRow[] {
  return JSON.parse(localStorage.getItem(KEY) ?? "[]") as ResultRow[];
}

/** Puts a result in front of the recent ones. */
export function rememberRow(row: ResultRow): void {
  const others = listRecent().filter(({ key }) => key !== row.key);
  localStorage.setItem(KEY, JSON.stringify([row, ...others].slice(0, MAX_RECENT)));
}
