import type { Pool } from "pg";
import { type FoundSuspect, findSuspects } from "#lib/analysis/suspects.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { buildBreadthFirstTree, UNREACHED } from "#lib/graph/breadth-first-tree.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import { sumReachedWithout } from "#lib/graph/reached-without.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import type { Suspect, SuspectsAnswer } from "#lib/model/suspect.ts";
import { byWeight } from "./graph/ways.ts";
import type { KeptGraph } from "./kept/graphs.ts";
import { toNamedId } from "./named-id.ts";
import { loadPartGraph } from "./parts.ts";
import { whileWhole } from "./while-whole.ts";

/** Roots named for each suspect. */
const SHOWN_ROOTS = 20;

/**
 * What keeps most of an artifact or the closure of a root, and through what; and what removing the suspects with the keys `selected` frees. Throws a GoneError
 * if the artifact is removed meanwhile.
 */
export function answerSuspects(
  db: Pool,
  part: ArtifactPart,
  selected: readonly string[] = [],
): Promise<SuspectsAnswer> {
  return whileWhole(db, [part], async () => {
    const [{ graph }, artifact] = await Promise.all([loadPartGraph(db, part), getArtifact(db, part.id)]);
    const { roots, selfSize } = graph;
    const parents = buildBreadthFirstTree(graph.graph, byWeight(graph, roots));
    const total = selfSize.reduce((sum, size, node) => (parents[node] === UNREACHED ? sum : sum + size), 0);
    const found = findSuspects(graph);
    const gone = found.filter((suspect) => selected.includes(keyOf(suspect))).flatMap(({ nodes }) => nodes);
    const freedBy = (nodes: readonly number[]) =>
      nodes.length === 0 ? 0 : total - sumReachedWithout(graph.graph, roots, selfSize, nodes);
    const freed = freedBy(gone);
    const suspects = found.map((suspect) => {
      const adds = gone.length === 0 ? suspect.retainedSize : freedBy([...gone, ...suspect.nodes]) - freed;
      return { ...describeSuspect(graph, { found: suspect, parents, total }), adds };
    });
    return { suspects, total, rootCount: roots.length, selected: freed, unit: unitOf(artifact) };
  });
}

interface Found {
  readonly found: FoundSuspect;
  readonly parents: Int32Array;
  readonly total: number;
}

function keyOf({ nodes, family }: FoundSuspect): string {
  return family === undefined ? `${nodes[0]!}` : `${family}-${nodes[0]!}`;
}

function describeSuspect(graph: KeptGraph, { found, parents, total }: Found): Omit<Suspect, "adds"> {
  const { nodes, retainedSize, accumulation, family, within } = found;
  const first = graph.nodes[nodes[0]!]!;
  const keeping = listRootsAbove(graph, nodes);
  const isRoot = nodes.some((node) => graph.nodes[node]!.root);
  return {
    key: keyOf(found),
    nodes: nodes.map((node) => graph.nodes[node]!.id),
    name: family === "kind" ? first.kind : first.name,
    version: commonVersion(nodes.map((node) => graph.nodes[node]!.version)),
    family,
    kind: first.kind,
    retainedSize,
    share: retainedSize / total,
    accumulation: accumulation === undefined ? null : toNamedId(graph, accumulation),
    path: listPath(parents, nodes[0]!).map((node) => toNamedId(graph, node)),
    within: within < 0 ? null : graph.nodes[within]!.id,
    roots: Array.from(keeping.subarray(0, SHOWN_ROOTS), (node) => toNamedId(graph, node)),
    rootCount: keeping.length,
    base: !isRoot && keeping.length > 1 && keeping.length * 2 > graph.roots.length,
  };
}

/** The version of all; "" if they differ. */
function commonVersion([first = "", ...others]: readonly string[]): string {
  return others.every((version) => version === first) ? first : "";
}

/** The roots from which a path leads to any of these nodes. */
function listRootsAbove({ reversed, roots }: KeptGraph, nodes: readonly number[]): Int32Array {
  const above = computeReachable(reversed, nodes);
  return roots.filter((root) => above[root] === 1);
}

function listPath(parents: Int32Array, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = parents[at]!) path.push(at);
  return path.reverse();
}
