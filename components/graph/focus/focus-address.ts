import { type AddressedNode, nodeText } from "#lib/display/paths.ts";
import { FOCUS_PARTS, type FocusPartName } from "#lib/model/focus-answer.ts";
import { type GraphState, graphAddress, graphParameters } from "../graph-address.ts";

/** What the view of one node shows, from the parameters of its page. */
export function toFocusQuestion(params: Omit<GraphState, "page">) {
  const { node, steps, side, trail, to, q: search } = params;
  return {
    node,
    steps: steps === "all" ? Number.POSITIVE_INFINITY : Number(steps),
    side,
    trail,
    listing: toListed(params),
    to: to === "" ? undefined : to,
    search,
  };
}

function toListed(params: Omit<GraphState, "page">) {
  const { list, class: sizeClass, family: name, sheet: page, up, own, shared, sort, direction } = params;
  const order = { sort, direction, page };
  if (list !== undefined) return { part: list, sizeClass, name, ...order };
  const filters = { up, own, shared };
  const part = FOCUS_PARTS.find((filtered) => filters[filtered] !== "");
  return part === undefined ? undefined : { part, text: filters[part], ...order };
}

const NOT_LISTED = {
  sort: undefined,
  direction: undefined,
  list: undefined,
  class: undefined,
  family: undefined,
  sheet: 0,
  up: "",
  own: "",
  shared: "",
} as const;

/** The state without what belongs to the node in the middle alone, or to another view. */
function atRest(state: GraphState): GraphState {
  const nothing = { to: "", q: "", focus: undefined, open: [], x: undefined, y: undefined, z: undefined } as const;
  return { ...state, ...NOT_LISTED, ...nothing };
}

/** Walks to a neighbour: the node in the middle joins the trail. */
export function walkAddress(state: GraphState, node: AddressedNode): string {
  return graphAddress(walkedState(state), { node: nodeText(node) });
}

/** The state from which a found node is opened. */
export function walkedState(state: GraphState): GraphState {
  const rest = atRest(state);
  return state.node === undefined ? rest : { ...rest, trail: [...state.trail, state.node] };
}

/** Back to a node of the trail, by its place. */
export function trailAddress(state: GraphState, place: number): string {
  return graphAddress(atRest(state), { node: state.trail[place]!, trail: state.trail.slice(0, place) });
}

/** Lists members of a part. */
export function listAddress(
  state: GraphState,
  list: FocusPartName,
  which: Partial<Pick<GraphState, "class" | "family" | "sheet">> = {},
): string {
  return graphAddress(state, { ...NOT_LISTED, list, ...which });
}

/** The listing by what it lists, without its page; "" for none. */
export function listedKey({ list, class: sizeClass, family, up, own, shared }: GraphState): string {
  if (list === undefined && `${up}${own}${shared}` === "") return "";
  return JSON.stringify([list, sizeClass, family, up !== "", own !== "", shared !== ""]);
}

/** Another page of the same listing. */
export function pageAddress(state: GraphState, page: number): string {
  return graphAddress(state, { sheet: page });
}

/** The same listing in another order, from its first page. */
export function orderAddress(state: GraphState, sort: "name" | "retained", direction: "asc" | "desc"): string {
  return graphAddress(state, { sort, direction, sheet: 0 });
}

/** The CSV file of the listing or, without one, of everything around the node. */
export function csvAddress(state: GraphState): string {
  const { page, ...shown } = atRest(state);
  const { list, class: sizeClass, family, up, own, shared, sort, direction } = state;
  const listing = { list, class: sizeClass, family, up, own, shared, sort, direction };
  const values = { ...shown, view: "overview" as const, trail: [], ...listing };
  return graphParameters.format(page.replace(/graph$/, "around.csv"), values);
}

export function closeListAddress(state: GraphState): string {
  return graphAddress(state, NOT_LISTED);
}

/** What a filter of one part replaces. */
export function filterResets(part: FocusPartName): string[] {
  return ["list", "class", "family", "sheet", ...(["up", "own", "shared"] as const).filter((other) => other !== part)];
}

/** The same node with other sides or another distance. */
export function scopeAddress(state: GraphState, scope: Partial<Pick<GraphState, "steps" | "side">>): string {
  return graphAddress(state, { ...NOT_LISTED, ...scope });
}
