import type { Pool } from "pg";
import { computeAlignable } from "#lib/analysis/sharing/alignable.ts";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { computeOverlap, jaccardIndex, type Overlap, setsOf } from "#lib/analysis/sharing/overlap.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import type { AlignableName, OverlapAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { Holding } from "#lib/model/holding.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_SETS, MIN_SETS, type RungName } from "#lib/model/rung.ts";
import { loadLabels } from "./labels.ts";
import { findNeighbourLikeness } from "./neighbour-likeness.ts";
import { loadPartComponents, loadPartHoldings } from "./parts.ts";
import { buildRungUnits } from "./rung-units.ts";

/** Names with several versions listed by default: those whose alignment saves most. */
const DEFAULT_NAME_LIMIT = 500;

export interface OverlapQuestion {
  /** Two to thirty-two, each once. */
  readonly parts: readonly ArtifactPart[];
  readonly rung: RungName;
  /** Number of names with several versions to list, `Infinity` for all. */
  readonly nameLimit?: number | undefined;
}

/**
 * The content that artifacts, or parts of them, share on one rung. Throws a UsageError for too few or too many parts, a GoneError
 * if one of them is removed meanwhile.
 */
export async function answerOverlap(db: Pool, question: OverlapQuestion): Promise<OverlapAnswer> {
  const { length } = question.parts;
  if (length < MIN_SETS || length > MAX_SETS)
    throw new UsageError(`overlap: expected ${MIN_SETS} to ${MAX_SETS} artifacts, got ${length}`);
  return whileThere(db, question.parts, () => overlap(db, question));
}

async function overlap(
  db: Pool,
  { parts, rung, nameLimit = DEFAULT_NAME_LIMIT }: OverlapQuestion,
): Promise<OverlapAnswer> {
  const [artifacts, holdings, units] = await Promise.all([
    loadLabels(db, parts),
    loadPartHoldings(db, parts),
    buildRungUnits(db, parts, rung),
  ]);
  const found = computeOverlap(units);
  const alignable = await listAlignable(db, parts, holdings, rung);
  return {
    question: "overlap",
    rung,
    estimated: units.estimated,
    artifacts,
    cells: found.cells.map(({ mask, bytes, units: count }) => ({ in: setsOf(mask), bytes, units: count })),
    matrix: toMatrix(found),
    union: found.union,
    alignable: alignable.slice(0, nameLimit),
    alignableTotal: {
      names: alignable.length,
      savedBytes: alignable.reduce((sum, { savedBytes }) => sum + savedBytes, 0),
    },
    likeness: findNeighbourLikeness(holdings),
  };
}

function toMatrix(found: Overlap): OverlapAnswer["matrix"] {
  const sets = Array.from({ length: found.setCount }, (_, i) => i);
  return sets.map((i) =>
    sets.map((j) => ({ bytes: found.shared[i * found.setCount + j]!, jaccard: jaccardIndex(found, i, j) })),
  );
}

// By file if components do not own the rung's units (layers) or own only whole files (chunks).
async function listAlignable(
  db: Pool,
  parts: readonly ArtifactPart[],
  holdings: readonly Holding[],
  rung: RungName,
): Promise<AlignableName[]> {
  const components = await loadPartComponents(db, parts);
  const owned = rung === "live" || rung === "package" ? rung : "file";
  return computeAlignable(holdings, components, buildRung(owned, holdings));
}
