import { withQuery } from "#lib/display/paths.ts";

/** What a graph page's address says: the whole state of the screen. */
export interface GraphState {
  /** The address of the page without its state. */
  readonly page: string;
  /** Parents whose groups are open; named twice, two portions. */
  readonly open: readonly string[];
  readonly node: string | undefined;
  /** A node that is drawn whatever its size. */
  readonly focus: string | undefined;
  /** How many nodes the drawing opens on; `undefined`: as many as there is room for. */
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

/** Chooses a node that was found, and draws it whatever its size. */
export function foundAddress(state: GraphState, nodeIndex: number): string {
  return graphAddress(state, { node: String(nodeIndex), focus: String(nodeIndex), q: "" });
}

/** Opens one more portion of the group that a node holds (−1: the group under no node). */
export function withOpened(state: GraphState, parent: number): string {
  return graphAddress(state, { open: [...state.open, String(parent)] });
}
