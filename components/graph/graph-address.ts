import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";

/** Groups open at once: far more than there is room for. */
const MAX_OPEN = 64;
const MAX_NODE_LENGTH = 4096;
const node = parameter.once((text) => (text === "" || text.length > MAX_NODE_LENGTH ? undefined : text));

/** A number that the URL has in at most six decimals: a hundredth of a pixel. */
const decimal = (min: number, max: number) => ({
  ...parameter.once((text) => [text === "" ? Number.NaN : Number(text)].find((value) => value >= min && value <= max)),
  write: (value: number) => `${Number(value.toFixed(6))}`,
});
const MAX_ZOOM = 20_000;

/** The state in a graph page's URL, of one artifact or of two: the whole state of the screen. */
export const graphParameters = defineAddress({
  /** Parents whose groups are open; a parent listed twice has two portions open. */
  open: parameter.list(MAX_OPEN, /^(-1|\d{1,9})$/),
  node,
  /** A node that is drawn whatever its size. */
  focus: node,
  /** The initial number of nodes; `undefined`: as many as fit. */
  limit: parameter.integer(1, Number.MAX_SAFE_INTEGER),
  q: parameter.text,
  sort: parameter.oneOf(["name", "self", "closure", "retained"]),
  direction: parameter.direction,
  /** How the graph is looked at. */
  view: parameter.oneOf(["overview", "map"], "overview"),
  /** The camera of the map: its zoom, and what is left of and above the window, as shares of the whole map. */
  x: decimal(0, 1),
  y: decimal(0, 1),
  z: decimal(1, MAX_ZOOM),
});

export interface GraphState extends ValuesOf<typeof graphParameters> {
  /** The URL of the page without its state. */
  readonly page: string;
}

/** The same screen with something changed. */
export function graphAddress(state: GraphState, changes: Partial<Omit<GraphState, "page">>): string {
  return graphParameters.format(state.page, { ...state, ...changes });
}

/** Selects a node from the search results, and draws it whatever its size. */
export function foundAddress(state: GraphState, nodeIndex: number): string {
  return graphAddress(state, { node: String(nodeIndex), focus: String(nodeIndex), q: "" });
}

/** Opens another portion of a node's group (−1: the group under no node). */
export function withOpened(state: GraphState, parent: number): string {
  return graphAddress(state, { open: [...state.open, String(parent)] });
}
