import type { Pool } from "pg";
import { diffArtifacts } from "#lib/analysis/sharing/diff.ts";
import type { ComponentDifference, DifferenceSide } from "#lib/analysis/sharing/diff-components.ts";
import { countFiles, diffFiles, type FileDifference } from "#lib/analysis/sharing/diff-files.ts";
import type { LayerDifference } from "#lib/analysis/sharing/diff-layers.ts";
import { listDifferingNames } from "#lib/db/queries/list-differing-names.ts";
import type { ComponentChange, ComponentVersion, DiffAnswer, FileChange, LayerMatch } from "#lib/model/answer.ts";
import { componentsOf, holdingsOf } from "./kept-holdings.ts";
import { loadLabels } from "./labels.ts";
import { findNeighbourLikeness } from "./neighbour-likeness.ts";

/** Files of a difference that an answer lists: those that move most bytes. */
const FILE_LIMIT = 5000;

/** What changed from one artifact (database id) to another. */
export async function findDiff(db: Pool, leftId: number, rightId: number): Promise<DiffAnswer> {
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
