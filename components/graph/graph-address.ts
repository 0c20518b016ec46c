import { withQuery } from "#lib/display/paths.ts";

/** The state in a graph page's URL: the whole state of the screen. */
export interface GraphState {
  /** The URL of the page without its state. */
  readonly page: string;
  /** Parents whose groups are open; a parent listed twice has two portions open. */
  readonly open: readonly string[];
  readonly node: string | undefined;
  /** A node that is drawn whatever its size. */
  readonly focus: string | undefined;
  /** The initial number of nodes; `undefined`: as many as fit. */
  readonly limit: number | undefined;
  readonly q: string;
  readonly sort: string | undefined;
  readonly direction: string | undefined;
}

/** The same screen with something changed. */
export function graphAddress(state: GraphState, changes: Partial<Omit<GraphState, "page">>): string {
  const { page, ...parameters } = { ...state, ...changes };
  return withQuery(page, { ...parameters });
}

/** Selects a node from the search results, and draws it whatever its size. */
export function foundAddress(state: GraphState, nodeIndex: number): string {
  return graphAddress(state, { node: String(nodeIndex), focus: String(nodeIndex), q: "" });
}

/** Opens another portion of a node's group (−1: the group under no node). */
export function withOpened(state: GraphState, parent: number): string {
  return graphAddress(state, { open: [...state.open, String(parent)] });
}
