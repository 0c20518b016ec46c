export interface SortLink {
  readonly href: string;
  /** The column's current order, if it is sorted. */
  readonly direction: "asc" | "desc" | undefined;
}

export type Direction = "asc" | "desc";

export interface Order<Key> {
  readonly sort: Key;
  readonly direction: Direction;
}

/** A column's first order: names ascending, figures from the largest. */
export function firstDirection(key: string): Direction {
  return key === "name" || key === "path" ? "asc" : "desc";
}

/** For each column the URL that sorts by it; the current sort column reverses its order. */
export function sortLinks<Key extends string>(
  { sort, direction }: Order<Key>,
  hrefOf: (sort: Key, direction: Direction) => string,
): (key: Key) => SortLink {
  return (key) => {
    if (key !== sort) return { direction: undefined, href: hrefOf(key, firstDirection(key)) };
    return { direction, href: hrefOf(key, direction === "desc" ? "asc" : "desc") };
  };
}
