import "server-only";
import type { Pool } from "pg";
import { findAlignable } from "#lib/analysis/sharing/alignable.ts";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { diffArtifacts } from "#lib/analysis/sharing/diff.ts";
import type { ComponentDifference, DifferenceSide } from "#lib/analysis/sharing/diff-components.ts";
import { countFiles, diffFiles, type FileDifference } from "#lib/analysis/sharing/diff-files.ts";
import type { LayerDifference } from "#lib/analysis/sharing/diff-layers.ts";
import { findLikeness } from "#lib/analysis/sharing/likeness.ts";
import { findOverlap, jaccardIndex, type Overlap, setsOf } from "#lib/analysis/sharing/overlap.ts";
import { listDifferingNames } from "#lib/db/queries/list-differing-names.ts";
import type {
  ComponentChange,
  ComponentVersion,
  DiffAnswer,
  FileChange,
  LayerLikeness,
  LayerMatch,
  Misaligned,
  OverlapAnswer,
  Rung,
} from "#lib/model/answer.ts";
import type { Holding } from "#lib/model/holding.ts";
import { loadLabels } from "./chosen-set.ts";
import { database } from "./database.ts";
import { componentsOf, holdingsOf } from "./kept-holdings.ts";
import { buildSharedRung } from "./shared-rung.ts";

/** Files of a difference that an answer lists: those that move most bytes. */
const FILE_LIMIT = 5000;
const MISALIGNED_LIMIT = 500;

/** What changed from one artifact (database id) to another. */
export async function loadDiff(leftId: number, rightId: number): Promise<DiffAnswer> {
  const db = await database();
  const ids = [leftId, rightId];
  const [labels, holdings, components, files] = await Promise.all([
    loadLabels(db, ids),
    holdingsOf(db, ids),
    componentsOf(db, ids),
    loadFiles(db, leftId, rightId),
  ]);
  const [left, right] = holdings.map((holding, i) => ({ holding, components: components[i]! }));
  const difference = diffArtifacts(left!, right!);
  return {
    question: "diff",
    artifacts: [labels[0]!, labels[1]!],
    totals: difference.totals,
    components: difference.components.map(toComponentChange),
    layers: difference.layers.map(toLayerMatch),
    files: holdings.every(({ kind }) => kind === "image") ? files : null,
    likeness: findNeighbourLikeness(holdings),
  };
}

function toComponentChange({ change, kind, name, left, right }: ComponentDifference): ComponentChange {
  return { change, kind, name, left: toVersion(left), right: toVersion(right) };
}

function toVersion(side: DifferenceSide | undefined): ComponentVersion | null {
  return side === undefined ? null : { id: side.id, version: side.version, bytes: side.bytes };
}

function toLayerMatch({ change, diffId, contentSize, left, right }: LayerDifference): LayerMatch {
  const match = change === "same" ? "chain" : change === "moved" ? "moved" : "only";
  return { diffId, contentSize, left: left ?? null, right: right ?? null, match };
}

async function loadFiles(db: Pool, leftId: number, rightId: number): Promise<DiffAnswer["files"]> {
  const [left, right] = await holdingsOf(db, [leftId, rightId]);
  if (left?.kind !== "image" || right?.kind !== "image") return null;
  const names = await listDifferingNames(db, leftId, rightId);
  const rows = diffFiles(names.left, names.right);
  const changes = rows.map(toFileChange).sort((a, b) => movedBytes(b) - movedBytes(a) || (a.path < b.path ? -1 : 1));
  return { counts: countFiles(rows), changes: changes.slice(0, FILE_LIMIT) };
}

function toFileChange({ change, path, left, right }: FileDifference): FileChange {
  return { change, path, leftBytes: left?.byteCount ?? 0, rightBytes: right?.byteCount ?? 0 };
}

/** What must be fetched and what becomes free; metadata moves nothing. */
function movedBytes({ change, leftBytes, rightBytes }: FileChange): number {
  return change === "metadata" ? 0 : leftBytes + rightBytes;
}

function findNeighbourLikeness(holdings: readonly Holding[]): LayerLikeness[] {
  return holdings
    .slice(1)
    .map((right, left) => ({ left, right: left + 1, bands: findLikeness(holdings[left]!, right) }));
}

/** What two to thirty-two artifacts share on one rung. Throws a RangeError for fewer or more. */
export async function loadOverlap(ids: readonly number[], rung: Rung): Promise<OverlapAnswer> {
  const db = await database();
  const [artifacts, holdings, shared] = await Promise.all([
    loadLabels(db, ids),
    holdingsOf(db, ids),
    buildSharedRung(db, ids, rung),
  ]);
  const overlap = findOverlap(shared);
  return {
    question: "overlap",
    rung,
    artifacts,
    cells: overlap.cells.map(({ mask, bytes, units }) => ({ in: setsOf(mask), bytes, units })),
    matrix: toMatrix(overlap),
    union: overlap.union,
    misaligned: await findMisaligned(db, ids, holdings),
    likeness: findNeighbourLikeness(holdings),
  };
}

function toMatrix(overlap: Overlap): OverlapAnswer["matrix"] {
  const sets = Array.from({ length: overlap.setCount }, (_, i) => i);
  return sets.map((i) =>
    sets.map((j) => ({ bytes: overlap.shared[i * overlap.setCount + j]!, jaccard: jaccardIndex(overlap, i, j) })),
  );
}

// By file whatever the rung: layers are nobody's, and what versions share is not saved by aligning them.
async function findMisaligned(db: Pool, ids: readonly number[], holdings: readonly Holding[]): Promise<Misaligned[]> {
  const components = await componentsOf(db, ids);
  const names = findAlignable(holdings, components, buildRung("file", holdings));
  return names.slice(0, MISALIGNED_LIMIT).map(({ kind, name, variants, savedBytes }) => ({
    kind,
    name,
    saving: savedBytes,
    versions: variants.map(({ version, bytes, artifacts }) => ({ version, bytes, in: artifacts })),
  }));
}
