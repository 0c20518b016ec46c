import type { GraphElement } from "#lib/views/graph.ts";

export type ElementSort = "name" | "self" | "closure" | "retained";

const BYTES: Readonly<Record<Exclude<ElementSort, "name">, (element: GraphElement) => number>> = {
  self: ({ selfSize }) => selfSize,
  closure: ({ closureSize }) => closureSize,
  retained: ({ retainedSize }) => retainedSize,
};

/** The boxes of a drawing in the order of a table; equal ones by name, so that an order is always the same. */
export function sortElements(
  elements: readonly GraphElement[],
  sort: ElementSort,
  direction: "asc" | "desc",
): GraphElement[] {
  const sign = direction === "asc" ? 1 : -1;
  const byName = (a: GraphElement, b: GraphElement) =>
    a.name === b.name ? (a.key < b.key ? -1 : 1) : a.name < b.name ? -1 : 1;
  if (sort === "name") return elements.toSorted((a, b) => sign * byName(a, b));
  const bytesOf = BYTES[sort];
  return elements.toSorted((a, b) => sign * (bytesOf(a) - bytesOf(b)) || byName(a, b));
}
