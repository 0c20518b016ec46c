import { useEffect, useState } from "react";
import { withQuery } from "#lib/display/paths.ts";
import { PAGE_ROWS } from "#lib/model/row-page.ts";

/** Pages kept: what is far from the window is asked for again. */
const MAX_PAGES = 60;
/** Milliseconds that a page stays in the window before it is asked for: pages that fly past are not. */
const DEBOUNCE_MS = 60;

type Pages<Row> = ReadonlyMap<number, readonly Row[]>;

/** The rows of a long list by their index, loaded page by page as they come into view: `href` responds with `{ rows }` from `?row=` on. `from`, `to`: the rows in view. */
export function useRowPages<Row>(
  href: string,
  initial: { readonly first: number; readonly rows: readonly Row[] },
  from: number,
  to: number,
) {
  const [pages, setPages] = useState<Pages<Row>>(() => toPages(initial));
  const missing = [Math.floor(from / PAGE_ROWS), Math.floor(to / PAGE_ROWS)].filter((page) => !pages.has(page)).join();
  useEffect(() => {
    if (missing === "") return;
    const abort = new AbortController();
    const load = async (page: number) => {
      const response = await fetch(withQuery(href, { row: page * PAGE_ROWS }), { signal: abort.signal });
      if (!response.ok) return;
      const { rows } = (await response.json()) as { readonly rows: readonly Row[] };
      setPages((known) => new Map([...[...known].slice(-MAX_PAGES), [page, rows]]));
    };
    const timer = setTimeout(() => {
      for (const page of new Set(missing.split(",").map(Number)))
        load(page).catch((error: unknown) => report(error, abort));
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [href, missing]);
  return (index: number): Row | undefined => pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
}

function report(error: unknown, { signal }: AbortController): void {
  if (!signal.aborted) throw error;
}

function toPages<Row>({ first, rows }: { first: number; rows: readonly Row[] }): Pages<Row> {
  const pages = new Map<number, readonly Row[]>();
  for (let i = 0; i < rows.length; i += PAGE_ROWS) pages.set((first + i) / PAGE_ROWS, rows.slice(i, i + PAGE_ROWS));
  return pages;
}
