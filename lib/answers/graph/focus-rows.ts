import { type ChosenRow, chooseRows, type RowLimits } from "#lib/analysis/focus/choose-rows.ts";
import { classOf, sizeClasses } from "#lib/analysis/focus/size-classes.ts";
import { sumTopmost } from "#lib/analysis/focus/size-order.ts";
import { listNodeEdges } from "#lib/db/queries/list-node-edges.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { targetsOf } from "#lib/graph/graph.ts";
import type { FocusFamily, FocusPart, FocusPartName, FocusRest, FocusRow, FocusSide } from "#lib/model/focus-answer.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import type { FocusParts, PartMembers } from "./focus-parts.ts";
import { type DetailsOf, type FocusScene, orderOf, toFocusNode } from "./focus-scene.ts";
import { evidenceOf } from "./node-detail.ts";

const MAX_TICKS = 60;
const MAX_ALIKE = 3;
/** Lines of evidence for one row. */
const MAX_DETAILS = 3;

const LIMITS: Readonly<Record<FocusPartName, RowLimits>> = {
  up: { top: 10, all: 16, fold: "fit" },
  own: { top: 10, all: 12, fold: "always" },
  shared: { top: 10, all: 16, fold: "fit" },
};
/** If nothing else is shown. */
const ALONE: RowLimits = { top: 30, all: 40, fold: "always" };

/** The evidence of a node's edges, from the database: a store's references have none. */
export async function loadDetails(db: Queryable, artifactId: number, node: number): Promise<DetailsOf> {
  const edges = await listNodeEdges(db, artifactId, [node]);
  const byOther = Map.groupBy(edges, ({ from, to }) => (from === node ? to : from));
  return (other) => {
    const lines = (byOther.get(other) ?? []).map(({ detail }) => detail).filter((detail) => detail !== "");
    return [...new Set(lines)].slice(0, MAX_DETAILS);
  };
}

export interface DescribedParts {
  readonly described: Partial<Readonly<Record<FocusPartName, FocusPart>>>;
  /** By node, 1 if it has a row in the part, in a family or not. */
  readonly shown: Partial<Readonly<Record<FocusPartName, Uint8Array>>>;
}

/** The first rows of each part, and what they leave out. */
export function describeParts(scene: FocusScene, parts: FocusParts, side: FocusSide): DescribedParts {
  const described: Partial<Record<FocusPartName, FocusPart>> = {};
  const shown: Partial<Record<FocusPartName, Uint8Array>> = {};
  for (const [name, part] of Object.entries(parts) as [FocusPartName, PartMembers][]) {
    const rows = chooseRows(toForest(scene.graph, part), side === "own" ? ALONE : LIMITS[name]);
    const marks = markNodes(scene.graph.nodes.length, rows);
    shown[name] = marks;
    described[name] = {
      count: part.members.length,
      rows: rows.map((row) => describeRow(scene, name, row)),
      rest: describeRest(scene.graph, part.members, marks),
    };
  }
  return { described, shown };
}

function markNodes(count: number, rows: readonly ChosenRow[]): Uint8Array {
  const marks = new Uint8Array(count);
  for (const { nodes } of rows) for (const node of nodes) marks[node] = 1;
  return marks;
}

function toForest(graph: KeptGraph, { members, parent }: PartMembers) {
  const { retainedSize } = graph;
  return {
    members,
    parent,
    retainedSize,
    nameOf: orderOf(graph).nameOf,
    sumOf: (same: readonly number[]) => sumTopmost(orderOf(graph), retainedSize, same),
  };
}

/** A row, or a row of a listing, whose depth is 0 and `above` −1. */
export function describeRow(scene: FocusScene, part: FocusPartName, row: ChosenRow): FocusRow {
  const { graph, node: middle, reached, reaching, details } = scene;
  const node = row.nodes[0]!;
  const above = row.above < 0 ? middle : row.above;
  const [from, to] = part === "up" ? [node, above] : [above, node];
  return {
    node: toFocusNode(graph, node),
    depth: row.depth,
    evidence: evidenceOf(graph, from, to),
    details: above === middle ? details(node) : [],
    cycle: reached[node] === 1 && reaching[node] === 1,
    others: countOthers(scene, node),
    ...(row.nodes.length === 1 ? {} : { family: describeFamily(graph, row) }),
  };
}

function countOthers({ graph, node: middle }: FocusScene, node: number): number {
  let count = 0;
  for (const referrer of targetsOf(graph.reversed, node)) if (referrer !== node && referrer !== middle) count++;
  return count;
}

function describeFamily({ nodes, selfSize, retainedSize }: KeptGraph, { nodes: same, size }: ChosenRow): FocusFamily {
  const versions = same.map((node) => nodes[node]!.version).sort(compareVersions);
  return {
    count: same.length,
    selfSize: same.reduce((sum, node) => sum + selfSize[node]!, 0),
    retainedSize: size,
    first: versions[0]!,
    last: versions.at(-1)!,
    ticks: same.slice(0, MAX_TICKS).map((node) => retainedSize[node]!),
  };
}

const { compare: compareVersions } = new Intl.Collator("en", { numeric: true });

function describeRest(graph: KeptGraph, members: Int32Array, shown: Uint8Array): FocusRest | undefined {
  const { nodes, selfSize, retainedSize } = graph;
  const { classUnit, nameOf, names } = orderOf(graph);
  const nameCounts = new Int32Array(names.length);
  const classes = sizeClasses(classUnit).map((bounds) => ({ ...bounds, count: 0 }));
  let [count, bytes, largest] = [0, 0, -1];
  for (const node of members) {
    if (shown[node] === 1) continue;
    if (count++ === 0) largest = node;
    bytes += selfSize[node]!;
    classes[classOf(retainedSize[node]!, classUnit)]!.count++;
    nameCounts[nameOf[node]!]!++;
  }
  if (count === 0) return undefined;
  return { count, selfSize: bytes, largest: nodes[largest]!.name, classes, alike: mostFrequent(nameCounts, names) };
}

/** The names that are there more than once, the most frequent first. */
function mostFrequent(counts: Int32Array, names: readonly string[]): FocusRest["alike"] {
  const best: { name: string; count: number }[] = [];
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count < 2 || (best.length === MAX_ALIKE && count <= best[MAX_ALIKE - 1]!.count)) continue;
    best.push({ name: names[i]!, count });
    best.sort((a, b) => b.count - a.count);
    best.length = Math.min(best.length, MAX_ALIKE);
  }
  return best;
}
