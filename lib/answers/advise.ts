import type { Pool } from "pg";
import { sumFreedBy } from "#lib/analysis/advice/claims.ts";
import { type RankedClass, rankClasses } from "#lib/analysis/advice/rank-classes.ts";
import { claimSet } from "#lib/analysis/advice/set-claims.ts";
import { type ArtifactDetail, listDetails } from "#lib/db/queries/get-artifact.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import { type AdviceAnswer, type AdviceClass, checkedClasses, maskOf } from "#lib/model/advice.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { Holding } from "#lib/model/holding.ts";
import { GoneError, UsageError } from "#lib/model/problem.ts";
import { describeClass } from "./advice/describe-class.ts";
import { listEcosystems } from "./advice/ecosystems.ts";
import { loadKeepClaims } from "./advice/keep.ts";
import { checkSized } from "./check-sized.ts";
import { type KeptClaims, loadKeptClaims } from "./kept/claims.ts";
import { whileWhole } from "./while-whole.ts";

export interface AdviceChoice {
  /** Classes whose removal is summed. */
  readonly selected?: readonly AdviceClass[];
  /** The nodes of one artifact that have to run, named as on the command line; none: all. */
  readonly keep?: readonly string[];
}

/**
 * What could be removed from these artifacts: one, or a set as a disk stores it. Throws a SizelessError for an SBOM, a UsageError for a
 * name of no node or for nodes to keep in a set, a GoneError if an artifact is removed meanwhile.
 */
export function answerAdvice(
  db: Pool,
  artifacts: readonly ArtifactPart[],
  { selected = [], keep = [] }: AdviceChoice = {},
): Promise<AdviceAnswer> {
  return whileWhole(db, artifacts, async () => {
    if (keep.length > 0 && artifacts.length > 1)
      throw new UsageError(`what has to run is chosen in one artifact, and these are ${artifacts.length}`);
    await checkSized(db, artifacts);
    const details = await listInOrder(db, artifacts);
    const ecosystems = await listEcosystems(db, details);
    const kinds = details.map(({ kind }) => kind);
    const common = { artifacts: details.map(({ digest }) => toArtifactId(digest)), kinds, ecosystems };
    if (artifacts.length > 1) return { ...common, ...(await adviseSet(db, artifacts, details)) };
    return { ...common, ...(await adviseOne(db, { part: artifacts[0]!, kind: details[0]!.kind, selected, keep })) };
  });
}

async function listInOrder(db: Pool, artifacts: readonly ArtifactPart[]): Promise<ArtifactDetail[]> {
  const found = await listDetails(
    db,
    artifacts.map(({ id }) => id),
  );
  return artifacts.map(({ id }) => found.find((detail) => detail.id === id) ?? throwGone());
}

function throwGone(): never {
  throw new GoneError();
}

type Advice = Pick<AdviceAnswer, "items" | "total" | "checked" | "keep" | "suggested" | "layers">;

interface OneAdvised {
  readonly part: ArtifactPart;
  readonly kind: ArtifactKind;
  readonly selected: readonly AdviceClass[];
  readonly keep: readonly string[];
}

async function adviseOne(db: Pool, { part, kind, selected, keep: names }: OneAdvised): Promise<Advice> {
  const { kept, keep, suggested } = await loadKeepClaims(db, part, names);
  const ranked = rankClasses(kept.claims);
  const freed = sumFreedBy(kept.claims, maskOf(selected));
  const freedBytes = sumOf(freed);
  const describeItem = async (each: RankedClass) => {
    const adds = sumOf(sumFreedBy(kept.claims, maskOf([...selected, each.class]))) - freedBytes;
    return { ...(await describeClass(db, { kept, ranked: each })), adds };
  };
  const items = await Promise.all(ranked.map(describeItem));
  const layers = kind === "image" ? await listAdvised(db, part.id, { kept, freed }) : [];
  const bytes = items.reduce((sum, { ownBytes }) => sum + ownBytes, 0);
  const of = sizeOf(kept.held);
  const total = { bytes, of, selected: freedBytes };
  const checked = checkedClasses({ kinds: [kind], hasFiles: hasFiles(kept.held), keeps: keep !== null });
  return { items, total, checked, keep, suggested, layers };
}

async function listAdvised(db: Pool, id: number, { kept, freed }: { kept: KeptClaims; freed: Float64Array }) {
  const all = sumFreedBy(kept.claims, ALL);
  const layers = await listLayers(db, [id]);
  return layers.map(({ position, contentSize = 0, createdBy, imageCount }) => {
    const figures = { bytes: contentSize, listed: all[position] ?? 0, selected: freed[position] ?? 0 };
    return { layer: position, ...figures, createdBy, imageCount };
  });
}

const ALL = 0xffff;

async function adviseSet(
  db: Pool,
  parts: readonly ArtifactPart[],
  details: readonly ArtifactDetail[],
): Promise<Advice> {
  const kept = await Promise.all(parts.map((part) => loadKeptClaims(db, part)));
  const { claims, total: of, misplaced } = claimSet(kept);
  const items = rankClasses(claims).map((ranked) => ({
    ...ranked,
    count: ranked.class === "orderPenalty" ? misplaced : ranked.count,
    estimated: false,
    adds: ranked.bytes,
    layers: [],
    largest: [],
  }));
  const bytes = items.reduce((sum, { ownBytes }) => sum + ownBytes, 0);
  const kinds = details.map(({ kind }) => kind);
  const checked = checkedClasses({ kinds, hasFiles: false, keeps: false });
  return { items, total: { bytes, of, selected: 0 }, checked, keep: null, suggested: [], layers: [] };
}

function sumOf(bytes: Float64Array): number {
  return bytes.reduce((sum, each) => sum + each, 0);
}

function sizeOf(held: Holding): number {
  if (held.kind === "image") return held.layers.reduce((sum, { contentSize }) => sum + contentSize, 0);
  return held.items.narSize.reduce((sum, size) => sum + size, 0);
}

function hasFiles(held: Holding): boolean {
  return held.kind === "image" || held.items.bodies !== undefined;
}
