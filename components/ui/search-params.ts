/** A page's parameters as given by Next.js. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The list without the item, or with it if it was absent. */
export function toggled<Item>(list: readonly Item[], item: Item): Item[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

/** A segment of a page's path as text; with invalid encoding it is returned unchanged, and matches nothing. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
