import type { CutPath, FocusPath, PathNode } from "#lib/model/focus-answer.ts";
import type { KeptGraph } from "../kept/graphs.ts";
import { findMatches } from "./artifact-graph.ts";
import { toFocusNode } from "./focus-scene.ts";
import { evidenceOf } from "./node-detail.ts";
import { listWays } from "./ways.ts";

/** Nodes of a path that are named before and after a cut. */
interface PathEnds {
  readonly first: number;
  readonly last: number;
}
const WAY_ENDS: PathEnds = { first: 2, last: 3 };
const PATH_ENDS: PathEnds = { first: 8, last: 8 };

/** The first of the paths from a root to a node, without the node. `undefined` for a root, and if none leads there. */
export function findWay(graph: KeptGraph, node: number): CutPath | undefined {
  const [path] = listWays(graph, { target: node, limit: 1 }).paths;
  return path === undefined || path.length === 1 ? undefined : cutPath(graph, path.slice(0, -1), WAY_ENDS);
}

/** A shortest path between a node and the one that the text names: from it, or else to it. */
export function describePathTo(graph: KeptGraph, node: number, text: string): FocusPath {
  const found = findOther(graph, text);
  if (found.to === undefined) return { ...found, to: undefined, direction: undefined, path: undefined };
  const { to } = found;
  const [forward] = listWays(graph, { target: to, starts: [node], limit: 1 }).paths;
  const path = forward ?? listWays(graph, { target: node, starts: [to], limit: 1 }).paths[0];
  return {
    ...found,
    to: toFocusNode(graph, to),
    direction: forward !== undefined ? "from" : path === undefined ? undefined : "to",
    path: path === undefined ? undefined : cutPath(graph, path, PATH_ENDS),
  };
}

function findOther(graph: KeptGraph, text: string) {
  const index = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (index >= 0 && index < graph.nodes.length) return { to: index, matches: [], matchCount: 0 };
  const named = graph.nodes.findIndex(({ id }) => id === text);
  if (named >= 0) return { to: named, matches: [], matchCount: 0 };
  const { rows, count } = findMatches(graph, text);
  return { to: count === 1 ? rows[0]!.nodeIndex : undefined, matches: rows, matchCount: count };
}

function cutPath(graph: KeptGraph, path: readonly number[], ends: PathEnds): CutPath {
  const steps = path.map((node, i): PathNode => {
    const before = path[i - 1];
    return {
      node: toFocusNode(graph, node),
      evidence: before === undefined ? undefined : evidenceOf(graph, before, node),
    };
  });
  // Leaving out one node would save no line.
  if (steps.length <= ends.first + ends.last + 1) return { first: steps, omitted: 0, last: [] };
  const omitted = steps.length - ends.first - ends.last;
  return { first: steps.slice(0, ends.first), omitted, last: steps.slice(-ends.last) };
}
