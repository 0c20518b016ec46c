import type { Pool } from "pg";
import { buildChangeTree } from "#lib/analysis/sharing/change-tree.ts";
import { countFiles, type FileDifference } from "#lib/analysis/sharing/diff-files.ts";
import type { DiffAnswer, FileChange, FileVersion } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { VisibleName } from "#lib/model/holding.ts";
import { ENTRY_KIND_NAMES } from "#lib/model/layer.ts";
import { commonUnit } from "#lib/model/measure-unit.ts";
import { compareFiles, type FileComparison } from "./compare-files.ts";
import { loadComparison } from "./kept/comparisons.ts";
import { loadLabels } from "./labels.ts";
import { findNeighbourLikeness } from "./neighbour-likeness.ts";
import { loadPartHoldings } from "./parts.ts";
import { whileWhole } from "./while-whole.ts";

/** Files of a difference listed by default: those with the largest change in bytes. */
const DEFAULT_FILE_LIMIT = 5000;

/**
 * The changes from one artifact, or part of one, to another; by components alone, each counted as 1, if one is an SBOM. `fileLimit`: files to list, `Infinity` for all. Throws a GoneError
 * if one of them is removed meanwhile.
 */
export async function answerDiff(
  db: Pool,
  left: ArtifactPart,
  right: ArtifactPart,
  fileLimit = DEFAULT_FILE_LIMIT,
): Promise<DiffAnswer> {
  return whileWhole(db, [left, right], () => compare(db, [left, right], fileLimit));
}

async function compare(db: Pool, parts: readonly [ArtifactPart, ArtifactPart], fileLimit: number): Promise<DiffAnswer> {
  const [labels, holdings, { difference, rows, united }] = await Promise.all([
    loadLabels(db, parts),
    loadPartHoldings(db, parts),
    loadComparison(db, ...parts),
  ]);
  const isCounted = commonUnit(labels) === "components";
  const files = isCounted ? undefined : await compareFiles(db, [holdings[0]!, holdings[1]!], difference.components);
  return {
    question: "diff",
    artifacts: [labels[0]!, labels[1]!],
    totals: difference.totals,
    components: rows,
    layers: difference.layers,
    files: toFiles(files, fileLimit),
    likeness: isCounted ? [] : findNeighbourLikeness(holdings),
    tree: buildChangeTree(rows, united),
  };
}

function toFiles(comparison: FileComparison | undefined, limit: number): DiffAnswer["files"] {
  if (comparison === undefined) return null;
  const { by, rows } = comparison;
  const largest = rows.toSorted(byDifference).slice(0, limit);
  return { by, counts: countFiles(rows), changes: largest.map(toFileChange) };
}

/** The largest difference first; of equal ones the larger file. */
function byDifference(a: FileDifference, b: FileDifference): number {
  return differenceOf(b) - differenceOf(a) || bytesOf(b) - bytesOf(a) || (a.path < b.path ? -1 : 1);
}

function differenceOf({ left, right }: FileDifference): number {
  return Math.abs((right?.byteCount ?? 0) - (left?.byteCount ?? 0));
}

function bytesOf({ change, left, right }: FileDifference): number {
  return change === "metadata" ? 0 : (left?.byteCount ?? 0) + (right?.byteCount ?? 0);
}

function toFileChange({ change, path, left, right }: FileDifference): FileChange {
  return { change, path, left: toFileVersion(left), right: toFileVersion(right) };
}

function toFileVersion(name: VisibleName | undefined): FileVersion | null {
  if (name === undefined) return null;
  const { kind, mode, uid, gid, byteCount, target } = name;
  return { kind: ENTRY_KIND_NAMES[kind]!, mode, uid, gid, bytes: byteCount, target };
}
