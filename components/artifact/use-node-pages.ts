import { useEffect, useState } from "react";
import { withQuery } from "#lib/display/paths.ts";
import { NODE_PAGE_ROWS } from "#lib/model/node-page.ts";
import type { ListedNode, ListedNodes } from "#lib/views/artifact.ts";

/** Pages kept: what is far from the window is asked for again. */
const MAX_PAGES = 60;
/** Milliseconds that a page stays in the window before it is asked for: pages that fly past are not. */
const DEBOUNCE_MS = 60;

type Pages = ReadonlyMap<number, readonly ListedNode[]>;

/** The rows of a long list by their index, loaded page by page as they come into view. `from`, `to`: the rows in view. */
export function useNodePages(
  href: string,
  initial: { readonly first: number; readonly rows: readonly ListedNode[] },
  from: number,
  to: number,
) {
  const [pages, setPages] = useState<Pages>(() => toPages(initial));
  const missing = [Math.floor(from / NODE_PAGE_ROWS), Math.floor(to / NODE_PAGE_ROWS)]
    .filter((page) => !pages.has(page))
    .join();
  useEffect(() => {
    if (missing === "") return;
    const abort = new AbortController();
    const load = async (page: number) => {
      const response = await fetch(withQuery(href, { row: page * NODE_PAGE_ROWS }), { signal: abort.signal });
      if (!response.ok) return;
      const { rows } = (await response.json()) as ListedNodes;
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
  return (index: number): ListedNode | undefined =>
    pages.get(Math.floor(index / NODE_PAGE_ROWS))?.[index % NODE_PAGE_ROWS];
}

function report(error: unknown, { signal }: AbortController): void {
  if (!signal.aborted) throw error;
}

function toPages({ first, rows }: { first: number; rows: readonly ListedNode[] }): Pages {
  const pages = new Map<number, readonly ListedNode[]>();
  for (let i = 0; i < rows.length; i += NODE_PAGE_ROWS)
    pages.set((first + i) / NODE_PAGE_ROWS, rows.slice(i, i + NODE_PAGE_ROWS));
  return pages;
}
