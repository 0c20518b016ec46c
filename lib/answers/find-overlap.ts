import type { Pool } from "pg";
import { findAlignable } from "#lib/analysis/sharing/alignable.ts";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { findOverlap, jaccardIndex, type Overlap, setsOf } from "#lib/analysis/sharing/overlap.ts";
import type { Misaligned, OverlapAnswer, Rung } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { Holding } from "#lib/model/holding.ts";
import { loadLabels } from "./labels.ts";
import { findNeighbourLikeness } from "./neighbour-likeness.ts";
import { loadPartComponents, loadPartHoldings } from "./parts.ts";
import { buildSharedRung } from "./shared-rung.ts";

/** Names at several versions that an answer lists unless told otherwise: those whose alignment saves most. */
const MISALIGNED_LIMIT = 500;

/**
 * What two to thirty-two artifacts, or parts of them, share on one rung. `nameLimit`: names at several versions to list,
 * `Infinity` for all. Throws a RangeError for fewer or more artifacts.
 */
export async function findOverlapAnswer(
  db: Pool,
  parts: readonly ArtifactPart[],
  rung: Rung,
  nameLimit = MISALIGNED_LIMIT,
): Promise<OverlapAnswer> {
  const [artifacts, holdings, shared] = await Promise.all([
    loadLabels(db, parts),
    loadPartHoldings(db, parts),
    buildSharedRung(db, parts, rung),
  ]);
  const overlap = findOverlap(shared);
  const misaligned = await findMisaligned(db, parts, holdings, rung);
  return {
    question: "overlap",
    rung,
    estimated: shared.estimated,
    artifacts,
    cells: overlap.cells.map(({ mask, bytes, units }) => ({ in: setsOf(mask), bytes, units })),
    matrix: toMatrix(overlap),
    union: overlap.union,
    misaligned: misaligned.slice(0, nameLimit),
    misalignedTotal: { names: misaligned.length, saving: misaligned.reduce((sum, { saving }) => sum + saving, 0) },
    likeness: findNeighbourLikeness(holdings),
  };
}

function toMatrix(overlap: Overlap): OverlapAnswer["matrix"] {
  const sets = Array.from({ length: overlap.setCount }, (_, i) => i);
  return sets.map((i) =>
    sets.map((j) => ({ bytes: overlap.shared[i * overlap.setCount + j]!, jaccard: jaccardIndex(overlap, i, j) })),
  );
}

// By file where the rung's units are nobody's (layers) or parts of files: what versions share is not saved by aligning them.
async function findMisaligned(
  db: Pool,
  parts: readonly ArtifactPart[],
  holdings: readonly Holding[],
  rung: Rung,
): Promise<Misaligned[]> {
  const components = await loadPartComponents(db, parts);
  const owned = rung === "live" || rung === "package" ? rung : "file";
  const names = findAlignable(holdings, components, buildRung(owned, holdings));
  return names.map(({ kind, name, variants, savedBytes }) => ({
    kind,
    name,
    saving: savedBytes,
    versions: variants.map(({ version, bytes, artifacts }) => ({ version, bytes, in: artifacts })),
  }));
}
