import type { SortLink } from "./table.tsx";

export type Direction = "asc" | "desc";

export interface Order<Key> {
  readonly sort: Key;
  readonly direction: Direction;
}

/** How a column is sorted when it is first chosen: names from the first on, figures from the largest on. */
export function firstDirection(key: string): Direction {
  return key === "name" || key === "path" ? "asc" : "desc";
}

/** For each column the address that sorts by it; by the one that is sorted already, the other way round. */
export function sortLinks<Key extends string>(
  { sort, direction }: Order<Key>,
  hrefOf: (sort: Key, direction: Direction) => string,
): (key: Key) => SortLink {
  return (key) => {
    if (key !== sort) return { direction: undefined, href: hrefOf(key, firstDirection(key)) };
    return { direction, href: hrefOf(key, direction === "desc" ? "asc" : "desc") };
  };
}
