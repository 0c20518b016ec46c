import type { GraphElement } from "#lib/views/graph.ts";

export type ElementSort = "name" | "self" | "closure" | "retained";

const MEASURE_OF = { self: "selfSize", closure: "closureSize", retained: "retainedSize" } as const;

/** The bytes of a box in the table's column with this order. */
export function bytesOf(element: GraphElement, sort: keyof typeof MEASURE_OF): number {
  return element[MEASURE_OF[sort]];
}

/** The boxes of a drawing in the order of a table; equal ones by name, so that the order is deterministic. */
export function sortElements(
  elements: readonly GraphElement[],
  sort: ElementSort,
  direction: "asc" | "desc",
): GraphElement[] {
  const sign = direction === "asc" ? 1 : -1;
  const byName = (a: GraphElement, b: GraphElement) =>
    a.name === b.name ? (a.key < b.key ? -1 : 1) : a.name < b.name ? -1 : 1;
  if (sort === "name") return elements.toSorted((a, b) => sign * byName(a, b));
  return elements.toSorted((a, b) => sign * (bytesOf(a, sort) - bytesOf(b, sort)) || byName(a, b));
}
