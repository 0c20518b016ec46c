import type { Pool } from "pg";
import { checkSized } from "#lib/answers/check-sized.ts";
import { loadChunkUnits } from "#lib/answers/rung-units.ts";
import { whileWhole } from "#lib/answers/while-whole.ts";
import { getImageSettings } from "#lib/db/queries/get-image-settings.ts";
import { listSteps } from "#lib/db/queries/list-steps.ts";
import { sumSameFiles } from "#lib/db/queries/sum-same-files.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { CacheAnswer, CachePair, CacheStep, CacheVersion } from "#lib/model/cache-hits.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import { type Families, loadFamilies } from "../lineage/load-families.ts";
import { loadSides } from "../update/load-sides.ts";
import type { Pair } from "../update/pair-costs.ts";
import { layersOf, type Side } from "../update/side.ts";
import { countHits, emptyHolding, sumHits } from "./count-hits.ts";
import { type BuildStep, matchSteps, sumRebuilt } from "./match-steps.ts";

/** A version of an image or a closure, with its name. */
export interface NamedVersion extends ArtifactPart {
  readonly name: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
}

/**
 * What each version has in common with the one before: the steps of its build that a cache has, and the bytes by layer, package, item,
 * file and chunk. Throws a UsageError for too few or too many versions.
 */
export async function answerCache(db: Pool, versions: readonly NamedVersion[]): Promise<CacheAnswer> {
  if (versions.length < MIN_SETS || versions.length > MAX_SETS)
    throw new UsageError(`expected ${MIN_SETS} to ${MAX_SETS} versions, got ${versions.length}`);
  return whileWhole(db, versions, async () => {
    await checkSized(db, versions);
    const families = await loadFamilies(db);
    const pairs: CachePair[] = [];
    for (const [i, after] of versions.slice(1).entries())
      pairs.push(await answerPair(db, families, versions[i]!, after));
    return { versions: versions.map(toVersion), pairs, hits: sumHits(pairs.map(({ hits }) => hits)) };
  });
}

function toVersion({ digest, name }: NamedVersion): CacheVersion {
  return { id: toArtifactId(digest), name };
}

async function answerPair(db: Pool, families: Families, one: NamedVersion, other: NamedVersion): Promise<CachePair> {
  const [before, after] = await loadSides(db, families, [one, other]);
  const pair: Pair = { before: before!, after: after! };
  const { holding } = pair.after;
  const chunks = {
    pair: await loadChunkUnits(db, [pair.before.holding, holding]),
    alone: await loadChunkUnits(db, [emptyHolding(holding), holding]),
  };
  const steps = await loadSteps(db, pair);
  const firstMiss = steps.findIndex(({ miss }) => miss !== null);
  return {
    before: toVersion(one),
    after: toVersion(other),
    steps,
    firstMiss: firstMiss === -1 ? null : firstMiss,
    rebuilt: sumRebuilt(steps),
    hits: countHits(pair, chunks),
  };
}

async function loadSteps(db: Pool, { before, after }: Pair): Promise<CacheStep[]> {
  if (layersOf(before) === null || layersOf(after) === null) return [];
  const [left, right, same] = await Promise.all([
    listBuildSteps(db, before),
    listBuildSteps(db, after),
    sumSameFiles(db, before.holding.artifactId, after.holding.artifactId),
  ]);
  return matchSteps(left, right, same);
}

/** The history of an image; one step for each layer if the history has another number of them. */
async function listBuildSteps(db: Pool, side: Side): Promise<BuildStep[]> {
  const { artifactId } = side.holding;
  const [settings, listed] = await Promise.all([getImageSettings(db, artifactId), listSteps(db, artifactId)]);
  const texts = listed.toReversed().map(({ createdBy }) => createdBy);
  const layers = layersOf(side)!.map(({ diffId, contentSize, downloadSize = null }, position) => ({
    createdBy: texts[position] ?? "",
    layer: { position, diffId, contentSize, downloadSize },
  }));
  const history = settings?.history ?? [];
  if (history.filter(({ isEmpty }) => !isEmpty).length !== layers.length) return layers;
  let next = 0;
  return history.map(({ createdBy, isEmpty }) => (isEmpty ? { createdBy, layer: null } : layers[next++]!));
}
