import type { Pool } from "pg";
import { computeAlignable } from "#lib/analysis/sharing/alignable.ts";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { buildDownloadRung } from "#lib/analysis/sharing/download-rungs.ts";
import { computeOverlap, jaccardIndex, type Overlap, setsOf } from "#lib/analysis/sharing/overlap.ts";
import type { RungUnits } from "#lib/analysis/sharing/rung.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import type { AlignableName, OverlapAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { Holding } from "#lib/model/holding.ts";
import { UsageError } from "#lib/model/problem.ts";
import { type DownloadRungName, MAX_SETS, MIN_SETS, type RungName } from "#lib/model/rung.ts";
import { loadBlobParts } from "./blob-parts.ts";
import { checkSized } from "./check-sized.ts";
import { loadDownloadLabels, loadLabels } from "./labels.ts";
import { findNeighbourLikeness } from "./neighbour-likeness.ts";
import { loadPartComponents, loadPartHoldings } from "./parts.ts";
import { buildRungUnits, chooseRung } from "./rung-units.ts";

/** Names with several versions listed by default: those whose alignment saves most. */
const DEFAULT_NAME_LIMIT = 500;

export interface OverlapQuestion {
  /** Two to thirty-two, each once. */
  readonly parts: readonly ArtifactPart[];
  /** Default: `file`; `layer` if an artifact is known by its manifest alone. */
  readonly rung?: RungName | undefined;
  /** Number of names with several versions to list, `Infinity` for all. */
  readonly nameLimit?: number | undefined;
}

/**
 * The content that artifacts, or parts of them, share on one rung. Throws a UsageError for too few or too many parts, a GoneError
 * if one of them is removed meanwhile. If an artifact is known by its manifest alone, the bytes are those of downloads; throws a
 * UsageError if one of these is not known.
 */
export async function answerOverlap(db: Pool, question: OverlapQuestion): Promise<OverlapAnswer> {
  const { length } = question.parts;
  if (length < MIN_SETS || length > MAX_SETS)
    throw new UsageError(`overlap: expected ${MIN_SETS} to ${MAX_SETS} artifacts, got ${length}`);
  return whileThere(db, question.parts, async () => {
    await checkSized(db, question.parts);
    const chosen = await chooseRung(db, question.parts, question.rung);
    if (chosen.by === "download") return overlapDownloads(db, question.parts, chosen.rung);
    return overlap(db, { ...question, rung: chosen.rung });
  });
}

async function overlapDownloads(
  db: Pool,
  parts: readonly ArtifactPart[],
  rung: DownloadRungName,
): Promise<OverlapAnswer> {
  const held = await loadBlobParts(db, parts);
  const artifacts = await loadDownloadLabels(db, parts, held);
  const units = buildDownloadRung(rung, held);
  const unknown = units.sets.findIndex((set) => set.some((unit) => !Number.isFinite(units.bytes[unit]!)));
  if (unknown !== -1) {
    const { name } = artifacts[unknown]!;
    throw new UsageError(
      `the download size of ${name} is not known, and an artifact of the set is known by its manifest alone: what they share is not known; leave it out`,
    );
  }
  const likeness = parts.slice(1).map((_, left) => ({ left, right: left + 1, bands: [] }));
  return { ...toAnswer(artifacts, units), rung, alignable: [], alignableTotal: { names: 0, savedBytes: 0 }, likeness };
}

async function overlap(
  db: Pool,
  { parts, rung, nameLimit = DEFAULT_NAME_LIMIT }: OverlapQuestion & { rung: Parameters<typeof buildRungUnits>[2] },
): Promise<OverlapAnswer> {
  const [artifacts, holdings, units] = await Promise.all([
    loadLabels(db, parts),
    loadPartHoldings(db, parts),
    buildRungUnits(db, parts, rung),
  ]);
  const alignable = await listAlignable(db, parts, holdings, rung);
  return {
    ...toAnswer(artifacts, units),
    rung,
    alignable: alignable.slice(0, nameLimit),
    alignableTotal: {
      names: alignable.length,
      savedBytes: alignable.reduce((sum, { savedBytes }) => sum + savedBytes, 0),
    },
    likeness: findNeighbourLikeness(holdings),
  };
}

function toAnswer(artifacts: OverlapAnswer["artifacts"], units: RungUnits) {
  const found = computeOverlap(units);
  return {
    question: "overlap" as const,
    estimated: units.estimated,
    artifacts,
    cells: found.cells.map(({ mask, bytes, units: count }) => ({ in: setsOf(mask), bytes, units: count })),
    matrix: toMatrix(found),
    union: found.union,
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
