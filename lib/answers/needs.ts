import type { Pool } from "pg";
import { listAskedFor, listUnasked } from "#lib/analysis/needs/unasked.ts";
import { findUndeclared } from "#lib/analysis/needs/undeclared.ts";
import { findUnused, type ProgramCounts } from "#lib/analysis/needs/unused.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listEdges } from "#lib/db/queries/list-edges.ts";
import { listPrograms } from "#lib/db/queries/list-programs.ts";
import { Evidence } from "#lib/model/component.ts";
import type {
  NeedCounts,
  NeedNode,
  NeedsAnswer,
  UnaskedRow,
  UndeclaredRow,
  UnmetRow,
  UnusedRow,
} from "#lib/model/needs-answer.ts";
import { NotKnownError, type Problem } from "#lib/model/problem.ts";
import type { SnapshotEdges } from "#lib/model/snapshot.ts";
import { KeptByUse } from "./kept/by-use.ts";
import { type KeptGraph, loadKeptGraph } from "./kept/graphs.ts";
import { loadImageRows } from "./kept/image-rows.ts";
import { loadKeptOwners } from "./kept/owners.ts";
import { whileWhole } from "./while-whole.ts";

/** Rows of cached answers, some 300 bytes each. */
const KEPT_ROWS = 200_000;

const kept = new KeptByUse<NeedsAnswer>(KEPT_ROWS, ({ unmet, undeclared, unused, unasked }) =>
  [unmet, undeclared, unused, unasked].reduce((sum, list) => sum + list.length, 1),
);

/**
 * What an image needs and does not have, has and nothing asked for, and where what its packages declare and what their files show
 * disagree. Throws a NotKnownError for another artifact: the references of a store are what its files show, and an SBOM has no files.
 */
export function answerNeeds(db: Pool, artifactId: number): Promise<NeedsAnswer> {
  return whileWhole(db, [{ id: artifactId }], () => kept.get(artifactId, () => loadNeeds(db, artifactId)));
}

/** The lengths of its lists, and the bytes of the last one. */
export function countNeeds({ unmet, undeclared, unused, unasked, unaskedSize }: NeedsAnswer): NeedCounts {
  return {
    unmet: unmet.length,
    undeclared: undeclared.length,
    unused: unused.length,
    unasked: unasked.length,
    unaskedSize,
  };
}

async function loadNeeds(db: Pool, id: number): Promise<NeedsAnswer> {
  const artifact = await getArtifact(db, id);
  if (artifact.kind !== "image")
    throw new NotKnownError(
      `${artifact.name} is no image: only the packages of an image declare what its files may not show`,
    );
  const [graph, edges] = await Promise.all([loadKeptGraph(db, id), listEdges(db, id)]);
  const isObserved = edges.evidence.includes(Evidence.observed);
  const asked = listAskedFor(graph.nodes);
  const unasked = listUnasked(graph.nodes, graph.graph, asked).map((node) => toUnasked(graph, node));
  return {
    unmet: listUnmet(graph, artifact.problems),
    undeclared: listUndeclared(graph, edges),
    unused: isObserved ? listUnused(graph, edges, await countPrograms(db, id, graph)) : [],
    unasked: unasked.sort((a, b) => b.retainedSize - a.retainedSize),
    unaskedSize: unasked.reduce((sum, { selfSize }) => sum + selfSize, 0),
    rootCount: asked.length,
    isObserved,
  };
}

function toNeedNode({ nodes }: KeptGraph, node: number): NeedNode {
  const { id, nodeIndex, kind, name, version } = nodes[node]!;
  return { id, nodeIndex, kind, name, version };
}

function toUnasked(graph: KeptGraph, node: number): UnaskedRow {
  const { selfSize, retainedSize, rootReason } = graph.nodes[node]!;
  return { component: toNeedNode(graph, node), selfSize, retainedSize, isTop: rootReason === "unreferred" };
}

/** An older scan recorded no more than the message. */
function listUnmet(graph: KeptGraph, problems: readonly Problem[]): UnmetRow[] {
  const unmet = problems.filter(({ code }) => code === "unresolved-dependency");
  const indexes = new Map(graph.nodes.map(({ id }, node) => [id, node]));
  return unmet.map(({ path, message, unmet: need }) => {
    const node = indexes.get(need?.component ?? "");
    return {
      component: node === undefined ? null : toNeedNode(graph, node),
      need: need?.need ?? message,
      path,
      message,
    };
  });
}

function listUndeclared(graph: KeptGraph, edges: SnapshotEdges): UndeclaredRow[] {
  return findUndeclared(graph.nodes, edges).map(({ row, through }) => ({
    ...toEnds(graph, edges, row),
    through: through < 0 ? null : toNeedNode(graph, through),
  }));
}

function listUnused(graph: KeptGraph, edges: SnapshotEdges, counts: ProgramCounts): UnusedRow[] {
  return findUnused(graph.nodes, edges, counts).map((row) => {
    const to = edges.to[row]!;
    const { retainedSize } = graph.nodes[to]!;
    const [libraries, programs] = [counts.libraries[to]!, counts.programs[to]!];
    return { ...toEnds(graph, edges, row), libraries, programs, retainedSize };
  });
}

function toEnds(graph: KeptGraph, { from, to, detail, details }: SnapshotEdges, row: number) {
  return {
    component: toNeedNode(graph, from[row]!),
    other: toNeedNode(graph, to[row]!),
    detail: details[detail[row]!] ?? "",
  };
}

/** How many visible files of each node are libraries, and programs or scripts. */
async function countPrograms(db: Pool, id: number, { nodes }: KeptGraph): Promise<ProgramCounts> {
  const [rows, owners] = await Promise.all([loadImageRows(db, id), loadKeptOwners(db, id)]);
  const counts = { libraries: new Int32Array(nodes.length), programs: new Int32Array(nodes.length) };
  for (const [layer, layerId] of rows.layerIds.entries()) {
    for (const { ordinal, isLibrary } of await listPrograms(db, layerId)) {
      const owner = owners[rows.rowOf(layer, ordinal)] ?? -1;
      if (owner >= 0) (isLibrary ? counts.libraries : counts.programs)[owner]! += 1;
    }
  }
  return counts;
}
