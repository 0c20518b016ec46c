import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { KINDS } from "#lib/display/colours.ts";
import { nodeText } from "#lib/display/paths.ts";
import { FOCUS_PARTS, FOCUS_SIDES } from "#lib/model/focus-answer.ts";

/** Groups open at once: far more than there is room for. */
const MAX_OPEN = 64;
const MAX_NODE_LENGTH = 4096;
/** A node: its id, any name of it, or its index. */
const node = parameter.once((text) => (text === "" || text.length > MAX_NODE_LENGTH ? undefined : text));

/** A number that the URL has in at most six decimals: a hundredth of a pixel. */
const decimal = (min: number, max: number) => ({
  ...parameter.once((text) => [text === "" ? Number.NaN : Number(text)].find((value) => value >= min && value <= max)),
  write: (value: number) => `${Number(value.toFixed(6))}`,
});
const MAX_ZOOM = 20_000;

/** Walked nodes: each a name, or all of them indices, `4.17.2`. */
const MAX_TRAIL = 12;
const INDICES = /^\d{1,9}(\.\d{1,9})*$/;
const trail = {
  read: (given: readonly string[]): readonly string[] =>
    given
      .flatMap((text) => (INDICES.test(text) ? text.split(".") : text))
      .filter((text) => text !== "" && text.length <= MAX_NODE_LENGTH)
      .slice(-MAX_TRAIL),
};
const MAX_CLASS = 5;
const MAX_SHEET = 1_000_000;

/** The state in a graph page's URL, of one artifact or of two: the whole state of the screen. */
export const graphParameters = defineAddress({
  /** Columns with open groups; one listed twice has two portions open. */
  open: parameter.list(MAX_OPEN, /^\d{1,9}$/),
  node,
  /** A node that is drawn whatever its size. */
  focus: node,
  /** What the drawing is limited to: kinds, a layer, what a root reaches, the paths to a node, edges with this evidence, a least retained size. */
  kind: parameter.someOf(KINDS),
  layer: parameter.integer(0, Number.MAX_SAFE_INTEGER),
  root: node,
  paths: node,
  evidence: parameter.oneOf(["observed", "declared", "inferred"]),
  min: parameter.integer(1, Number.MAX_SAFE_INTEGER),
  /** What colours mean; by default what a view shows anyway: sizes, the strata of a map, the changes of a comparison. */
  colour: parameter.oneOf(["size", "kind", "layer", "stratum"], "size"),
  /** Rows of the selected node's lists. */
  rows: parameter.limit({ initial: 24, step: 200, max: 2024 }),
  q: parameter.text,
  sort: parameter.oneOf(["name", "self", "closure", "retained"]),
  direction: parameter.direction,
  /** How the graph is looked at. */
  view: parameter.oneOf(["overview", "map", "focus"], "overview"),
  /** The camera: its zoom, and where it is, as shares of the whole drawing. Of the map: what is left of and above the window. */
  x: decimal(0, 1),
  y: decimal(0, 1),
  z: decimal(1, MAX_ZOOM),
  /** The view of one node: the nodes walked before it, how far it looks and where to. */
  trail,
  steps: parameter.oneOf(["1", "2", "3", "all"], "1"),
  side: parameter.oneOf(FOCUS_SIDES, "both"),
  /** The listed part, and which of its members: a class of sizes, or one name. */
  list: parameter.oneOf(FOCUS_PARTS),
  class: parameter.integer(0, MAX_CLASS),
  family: node,
  /** Page of the listing, from 0. */
  sheet: parameter.integer(0, MAX_SHEET, 0),
  /** Filters of the parts by text. */
  up: parameter.text,
  own: parameter.text,
  shared: parameter.text,
  /** The other end of a path: a node, or a text to search for. */
  to: parameter.once((text) => (text.length > MAX_NODE_LENGTH ? undefined : text), ""),
});

export interface GraphState extends ValuesOf<typeof graphParameters> {
  /** The URL of the page without its state. */
  readonly page: string;
  /** Index of the selected node, which `node` names. */
  readonly index?: number | undefined;
}

/** The same screen with something changed. */
export function graphAddress(state: GraphState, changes: Partial<Omit<GraphState, "page" | "index">>): string {
  return graphParameters.format(state.page, { ...state, ...changes });
}

/** The same node in another view, which brings it into view: nothing else of the state applies there. */
export function viewAddress({ page, node }: Pick<GraphState, "page" | "node">, view: GraphState["view"]): string {
  return graphParameters.format(page, { view, node, focus: view === "overview" ? node : undefined });
}

/** A component of a difference in an address. */
export function comparedText({ row, id }: { readonly row: number; readonly id: string }): string {
  return nodeText({ nodeIndex: row, id });
}

/** Selects a node from the search results, and draws it whatever its size. */
export function foundAddress(state: GraphState, node: string): string {
  return graphAddress(state, { node, focus: node, q: "" });
}

/** Opens another portion of a column's group. */
export function withOpened(state: GraphState, column: number): string {
  return graphAddress(state, { open: [...state.open, String(column)] });
}

/** Closes a column's group again, and no other. */
export function withClosed(state: GraphState, column: number): string {
  return graphAddress(state, { open: state.open.filter((open) => open !== String(column)) });
}

/** What a drawing is limited to. */
export function filterOf({ kind, layer, root, paths, evidence, min }: GraphState) {
  return { kinds: kind, layer, root, paths, evidence, min };
}

export const NO_FILTER = {
  kind: [],
  layer: undefined,
  root: undefined,
  paths: undefined,
  evidence: undefined,
  min: undefined,
};
