import "server-only";
import type { Pool } from "pg";
import { findNode } from "#lib/analysis/find-node.ts";
import { findChangeTree, toSide } from "#lib/analysis/sharing/change-tree.ts";
import { edgeSides } from "#lib/analysis/sharing/united-graph.ts";
import { chooseVisible, OPENING_NODES, type VisibleGraph } from "#lib/analysis/visible.ts";
import { type Comparison, comparisonOf } from "#lib/answers/kept-comparisons.ts";
import { loadLabels } from "#lib/answers/labels.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { GoneError, UsageError } from "#lib/model/problem.ts";
import { type ComparedDetail, type ComparedNode, loadComparedDetail, toComparedNode } from "./compared-detail.ts";
import { database } from "./database.ts";
import { type Drawing, drawPicture, type GraphPicture, toGroupElement, type UnplacedElement } from "./graph-picture.ts";
import { orNotFound } from "./or-not-found.ts";

export type { ComparedDetail, ComparedNeighbour, ComparedNode } from "./compared-detail.ts";

const MATCH_LIMIT = 20;

export interface CompareGraphRequest {
  /** Name, id or digest of either artifact. */
  readonly left: string;
  readonly right: string;
  /** As in the graph of one artifact; a node's index is its row of the difference. */
  readonly open: readonly number[];
  readonly node?: string;
  readonly focus?: string;
  readonly search: string;
}

export interface CompareGraphView {
  readonly left: ArtifactDetail;
  readonly right: ArtifactDetail;
  readonly picture: GraphPicture;
  /** Rows that are not the same on both sides. */
  readonly changeCount: number;
  readonly selected: ComparedDetail | undefined;
  readonly matches: { readonly rows: readonly ComparedNode[]; readonly count: number };
}

/**
 * Two artifacts' graphs as one drawing: what changed, what leads to it, the rest in groups. Throws a UsageError where a
 * name fits nothing.
 */
export async function loadCompareGraph(request: CompareGraphRequest): Promise<CompareGraphView> {
  const db = await database();
  const parts = await Promise.all([findArtifact(db, request.left), findArtifact(db, request.right)]);
  return orNotFound(parts, () => loadFound(db, parts, request));
}

async function loadFound(
  db: Pool,
  parts: readonly [ArtifactPart, ArtifactPart],
  request: CompareGraphRequest,
): Promise<CompareGraphView> {
  const [[left, right], labels, comparison] = await Promise.all([
    Promise.all([getArtifact(db, parts[0].id), getArtifact(db, parts[1].id)]),
    loadLabels(db, parts),
    comparisonOf(db, ...parts),
  ]);
  if (left === undefined || right === undefined) throw new GoneError();
  const row = request.node === undefined ? undefined : findRow(comparison, request.node);
  const focus = request.focus === undefined ? undefined : findRow(comparison, request.focus);
  return {
    left: { ...left, name: labels[0]!.name },
    right: { ...right, name: labels[1]!.name },
    picture: draw(comparison, chooseRows(comparison, request.open, focus ?? row)),
    changeCount: comparison.rows.filter(({ change }) => change !== "same").length,
    selected:
      row === undefined
        ? undefined
        : await loadComparedDetail(db, { comparison, leftId: left.id, rightId: right.id, row }),
    matches: findMatches(comparison, request.search),
  };
}

/** The row an address means: its number, or what CLI.md calls NODE. Throws a UsageError where there is none. */
function findRow(comparison: Comparison, text: string): number {
  const { rows } = comparison;
  if (!/^\d{1,9}$/.test(text)) {
    return findNode(
      rows.map((_, row) => toComparedNode(comparison, row)),
      text,
    ).row;
  }
  const row = Number(text);
  if (row >= rows.length) throw new UsageError(`there is no component ${text}: the last one is ${rows.length - 1}`);
  return row;
}

/**
 * The largest changes with the paths that brought them in, then what keeps most of the changes, then changes of no bytes.
 * What is the same waits in groups.
 */
function chooseRows(comparison: Comparison, open: readonly number[], focus: number | undefined): VisibleGraph {
  const { rows, united, changedBytes, retainedChange, dominator } = comparison;
  const telling = new Set(findChangeTree(rows, united).nodes.map(({ row }) => row));
  const retaining = [...rows.keys()].filter((row) => retainedChange[row]! > 0);
  for (const row of retaining.sort((a, b) => retainedChange[b]! - retainedChange[a]! || a - b)) telling.add(row);
  for (const [row, { change }] of rows.entries()) if (change !== "same") telling.add(row);
  const question = {
    graph: united.graph,
    selfSize: changedBytes,
    retainedSize: retainedChange,
    dominator,
    expanded: open.filter((parent) => parent >= -1 && parent < rows.length),
    first: [...telling],
    limit: Math.min(OPENING_NODES, telling.size),
  };
  const usual = chooseVisible(question);
  return focus === undefined || usual.nodes.includes(focus) ? usual : chooseVisible({ ...question, focus });
}

function draw(comparison: Comparison, visible: VisibleGraph): GraphPicture {
  const drawn = new Set(visible.nodes);
  const allChanges = comparison.rows.every(({ change }, row) => change === "same" || drawn.has(row));
  return drawPicture(toDrawing(comparison, allChanges), visible);
}

/** `allChanges`: every change has a box of its own, so that groups hold none. */
function toDrawing(comparison: Comparison, allChanges: boolean): Drawing {
  const { rows, united, retainedChange, changedBytes } = comparison;
  const roots = new Set([...united.left.roots, ...united.right.roots]);
  return {
    retainedSize: retainedChange,
    toNode: (row): UnplacedElement => {
      const { kind, name, version, versionBefore, id, side } = toComparedNode(comparison, row);
      const sizes = { selfSize: changedBytes[row]!, closureSize: 0, retainedSize: retainedChange[row]! };
      const counts = { referenceCount: 0, referrerCount: 0, count: 1, members: [] };
      const named = { key: `n${row}`, type: "node", nodeIndex: row, kind, name, version, id } as const;
      return { ...named, side, versionBefore, ...sizes, ...counts, root: roots.has(row) };
    },
    toGroup: (group) => {
      const members = group.top.map((row) => rows[row]!.name);
      const box = toGroupElement(group, members);
      return allChanges ? { ...box, side: "both" } : box;
    },
    toLink: (from, to) => ({ known: "several", side: toSide(edgeSides(united, from, to)) }),
  };
}

function findMatches(comparison: Comparison, search: string): CompareGraphView["matches"] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return { rows: [], count: 0 };
  const found = [...comparison.rows.keys()].filter((row) => {
    const { name, left, right } = comparison.rows[row]!;
    return `${name}\n${left?.id ?? ""}\n${right?.id ?? ""}`.toLowerCase().includes(wanted);
  });
  return { rows: found.slice(0, MATCH_LIMIT).map((row) => toComparedNode(comparison, row)), count: found.length };
}
