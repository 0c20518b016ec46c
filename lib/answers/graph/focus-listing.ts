import { classOf } from "#lib/analysis/focus/size-classes.ts";
import type { FocusListing, FocusNode, FocusPartName } from "#lib/model/focus-answer.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import type { FocusParts } from "./focus-parts.ts";
import { type DescribedParts, describeRow } from "./focus-rows.ts";
import { type FocusScene, orderOf } from "./focus-scene.ts";

/** Rows of one page of a listing. */
const PAGE_ROWS = 50;

/** The characters with a meaning in a regular expression. */
const SYNTAX = /[\\^$.*+?()[\]{}|/-]/g;

/** The members of a part to list. */
export interface FocusListed {
  readonly part: FocusPartName;
  /** Only those without a row whose size is in this class. */
  readonly sizeClass?: number | undefined;
  /** Only those with exactly this name. */
  readonly name?: string | undefined;
  /** Only those with this text in their name or id. */
  readonly text?: string | undefined;
  /** Default: those that retain most first. Names ascend at first, sizes descend. */
  readonly sort?: "name" | "self" | "closure" | "retained" | undefined;
  readonly direction?: "asc" | "desc" | undefined;
  /** From 0. */
  readonly page: number;
}

/** Everything that a part lists, in its order; nothing if the part is not shown. */
export function findListed(
  scene: FocusScene,
  parts: FocusParts,
  shown: DescribedParts["shown"],
  listed: FocusListed,
): Int32Array {
  const found = parts[listed.part]?.members.filter(toFilter(scene, shown[listed.part]!, listed)) ?? new Int32Array();
  return sortListed(scene.graph, found, listed);
}

/** In place. Members come in the order of retained sizes, which stays where others are equal. */
function sortListed({ nodes }: KeptGraph, found: Int32Array, { sort = "retained", direction }: FocusListed) {
  const isAscending = (direction ?? (sort === "name" ? "asc" : "desc")) === "asc";
  if (sort === "retained") return isAscending ? found.reverse() : found;
  const size = sort === "self" ? "selfSize" : "closureSize";
  const order = (a: number, b: number) =>
    sort === "name" ? compareNames(nodes[a]!, nodes[b]!) : nodes[a]![size] - nodes[b]![size];
  return found.sort((a, b) => (isAscending ? order(a, b) : order(b, a)));
}

const { compare } = new Intl.Collator("en", { numeric: true });

type Named = Pick<FocusNode, "name" | "version">;

function compareNames(a: Named, b: Named): number {
  return compare(a.name, b.name) || compare(a.version, b.version);
}

/** One page of the members of a part; `undefined` if the part is not shown. */
export function listMembers(
  scene: FocusScene,
  parts: FocusParts,
  shown: DescribedParts["shown"],
  listed: FocusListed,
): FocusListing | undefined {
  if (parts[listed.part] === undefined) return undefined;
  const found = findListed(scene, parts, shown, listed);
  const pageCount = Math.max(1, Math.ceil(found.length / PAGE_ROWS));
  const page = Math.min(listed.page, pageCount - 1);
  const rows = found.subarray(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  const { retainedSize } = scene.graph;
  return {
    part: listed.part,
    count: found.length,
    rows: Array.from(rows, (node) => {
      return describeRow(scene, listed.part, { nodes: [node], depth: 0, above: -1, size: retainedSize[node]! });
    }),
    page,
    pageCount,
  };
}

function toFilter({ graph }: FocusScene, shown: Uint8Array, { sizeClass, name, text }: FocusListed) {
  const { nodes, retainedSize } = graph;
  const { classUnit } = orderOf(graph);
  const wanted = new RegExp((text?.trim() ?? "").replace(SYNTAX, "\\$&"), "i");
  return (node: number): boolean => {
    const row = nodes[node]!;
    if (name !== undefined && row.name !== name) return false;
    if (sizeClass !== undefined && (shown[node] === 1 || classOf(retainedSize[node]!, classUnit) !== sizeClass))
      return false;
    return wanted.test(row.name) || wanted.test(row.id);
  };
}
