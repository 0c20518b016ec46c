import type { Pool } from "pg";
import { findChangeTree } from "#lib/analysis/sharing/change-tree.ts";
import { countFiles, type FileDifference } from "#lib/analysis/sharing/diff-files.ts";
import type { LayerDifference } from "#lib/analysis/sharing/diff-layers.ts";
import type { DiffAnswer, FileChange, LayerMatch } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { compareFiles, type FileComparison } from "./compare-files.ts";
import { comparisonOf } from "./kept-comparisons.ts";
import { loadLabels } from "./labels.ts";
import { findNeighbourLikeness } from "./neighbour-likeness.ts";
import { loadPartHoldings } from "./parts.ts";

/** Files of a difference that an answer lists unless told otherwise: those that move most bytes. */
const FILE_LIMIT = 5000;

/** What changed from one artifact, or part of one, to another. `fileLimit`: files to list, `Infinity` for all. */
export async function findDiff(
  db: Pool,
  left: ArtifactPart,
  right: ArtifactPart,
  fileLimit = FILE_LIMIT,
): Promise<DiffAnswer> {
  const parts = [left, right];
  const [labels, holdings, { difference, rows, united }] = await Promise.all([
    loadLabels(db, parts),
    loadPartHoldings(db, parts),
    comparisonOf(db, left, right),
  ]);
  const files = await compareFiles(db, [holdings[0]!, holdings[1]!], difference.components);
  return {
    question: "diff",
    artifacts: [labels[0]!, labels[1]!],
    totals: difference.totals,
    components: rows,
    layers: difference.layers.map(toLayerMatch),
    files: toFiles(files, fileLimit),
    likeness: findNeighbourLikeness(holdings),
    tree: findChangeTree(rows, united),
  };
}

function toLayerMatch({ change, diffId, contentSize, left, right }: LayerDifference): LayerMatch {
  const match = change === "same" ? "chain" : change === "moved" ? "moved" : "only";
  return { diffId, contentSize, left: left ?? null, right: right ?? null, match };
}

function toFiles(comparison: FileComparison | undefined, limit: number): DiffAnswer["files"] {
  if (comparison === undefined) return null;
  const { by, rows } = comparison;
  const changes = rows.map(toFileChange).sort(byDifference);
  return { by, counts: countFiles(rows), changes: changes.slice(0, limit) };
}

function toFileChange({ change, path, left, right }: FileDifference): FileChange {
  return { change, path, leftBytes: left?.byteCount ?? 0, rightBytes: right?.byteCount ?? 0 };
}

/** The largest difference first, which is the figure that tables show; of equal ones the larger file. */
function byDifference(a: FileChange, b: FileChange): number {
  return differenceOf(b) - differenceOf(a) || bytesOf(b) - bytesOf(a) || (a.path < b.path ? -1 : 1);
}

function differenceOf({ leftBytes, rightBytes }: FileChange): number {
  return Math.abs(rightBytes - leftBytes);
}

function bytesOf({ change, leftBytes, rightBytes }: FileChange): number {
  return change === "metadata" ? 0 : leftBytes + rightBytes;
}
