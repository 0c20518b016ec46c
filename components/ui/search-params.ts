import { z } from "zod";

/** A page's parameters as given by Next.js. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const MAX_TEXT_LENGTH = 200;

/** A parameter given once or more, as a list. */
export const listParam = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]));

/** Text of a filter field. An unusable parameter (given twice, too long) filters nothing. */
export const textParam = z.string().max(MAX_TEXT_LENGTH).catch("");

/** Positions of a cell's artifacts: `0.2.5`. */
export const cellParam = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2}){0,31}$/)
  .optional()
  .catch(undefined)
  .transform((text) => text?.split(".").map(Number));

export const directionParam = z.enum(["asc", "desc"]).optional().catch(undefined);

/** How many rows a list shows; "show more" requests more. `most` limits the page to 2 MB. */
export function limitParam(usual: number, most: number) {
  return z.coerce
    .number()
    .int()
    .min(1)
    .catch(usual)
    .transform((limit) => Math.min(limit, most));
}

/** The URL of a list with more rows; none if it already shows the maximum of a page. */
export function moreHref(
  { shown, more, most }: { readonly shown: number; readonly more: number; readonly most: number },
  hrefOf: (limit: number) => string,
): string | undefined {
  return shown >= most ? undefined : hrefOf(Math.min(most, shown + more));
}

/** The parameters that a URL must contain: the others have their default. */
export function unusual<Params extends object>(
  params: Params,
  usual: Readonly<Partial<Record<keyof Params, unknown>>>,
): Partial<Params> {
  const named = Object.entries(params).filter(([name, value]) => value !== usual[name as keyof Params]);
  return Object.fromEntries(named) as Partial<Params>;
}

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
