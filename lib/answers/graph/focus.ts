import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { FocusAnswer, FocusMember, FocusMiddle } from "#lib/model/focus-answer.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import { type KeptGraph, loadKeptGraph } from "../kept/graphs.ts";
import { whileWhole } from "../while-whole.ts";
import { findNodeIndex, type NodeName } from "../why.ts";
import { describeMiddle, type FocusQuestion, findMembers } from "./focus-middle.ts";
import { loadDetails } from "./focus-rows.ts";
import { orderOf, toFocusNode } from "./focus-scene.ts";

/** Nodes of the walked way that an answer names: the latest. */
const MAX_TRAIL = 12;

/**
 * One node of an artifact's graph, what needs it, what it alone keeps, and what it needs besides. Throws a UsageError if a name
 * matches no node, or several; a GoneError if the artifact is removed meanwhile. O(n + m), without a sort.
 */
export function answerFocus(db: Pool, artifactId: number, question: FocusQuestion): Promise<FocusAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const [graph, artifact] = await Promise.all([loadKeptGraph(db, artifactId), getArtifact(db, artifactId)]);
    const { nodes, roots } = graph;
    const { severalKinds, total } = orderOf(graph);
    const known = listWalked(nodes, question.trail);
    return {
      unit: unitOf(artifact),
      nodeCount: nodes.length,
      rootCount: roots.length,
      severalKinds,
      total,
      trail: known.map((node) => toFocusNode(graph, node)),
      middle: nodes.length === 0 ? undefined : await loadMiddle(db, artifactId, { graph, question }),
    };
  });
}

/** The same as one list: all members of the listing or, without one, of all parts. Throws like `answerFocus`. */
export function answerFocusMembers(db: Pool, artifactId: number, question: FocusQuestion): Promise<FocusMember[]> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const graph = await loadKeptGraph(db, artifactId);
    if (graph.nodes.length === 0) return [];
    return findMembers({ graph, node: findMiddle(graph, question), details: () => [] }, question);
  });
}

function listWalked(nodes: KeptGraph["nodes"], trail: FocusQuestion["trail"]): number[] {
  const indexOf = (name: NodeName) => (typeof name === "number" ? name : nodes.findIndex(({ id }) => id === name));
  return trail
    .slice(-MAX_TRAIL)
    .map(indexOf)
    .filter((node) => node >= 0 && node < nodes.length);
}

function findMiddle(graph: KeptGraph, { node }: Pick<FocusQuestion, "node">): number {
  return node === undefined ? orderOf(graph).order[0]! : findNodeIndex(graph.nodes, node);
}

interface MiddleRequest {
  readonly graph: KeptGraph;
  readonly question: FocusQuestion;
}

async function loadMiddle(db: Pool, artifactId: number, { graph, question }: MiddleRequest): Promise<FocusMiddle> {
  const node = findMiddle(graph, question);
  return describeMiddle({ graph, node, details: await loadDetails(db, artifactId, node) }, question);
}
