import type { RungUnits } from "#lib/analysis/sharing/rung.ts";
import { HIT_RUNGS, type HitRatio, type HitRung, type RungHits } from "#lib/model/cache-hits.ts";
import type { Holding } from "#lib/model/holding.ts";
import type { UpdateModel } from "#lib/model/update-cost.ts";
import type { ModelCosts } from "../update/again.ts";
import { computePairCosts, type Pair } from "../update/pair-costs.ts";
import type { Side } from "../update/side.ts";

/** What a rung lacks is what an update costs under this model. */
const MODEL_OF: Readonly<Record<HitRung, UpdateModel>> = {
  chain: "layers",
  layer: "changed-layers",
  package: "package",
  item: "input-addressed",
  file: "file",
  chunk: "chunk",
};

const NO_FILES = { count: 0, byteCount: new Float64Array(0), contentId: new Int32Array(0) };

/** An artifact without contents: all that a version needs is new to it. */
export function emptyHolding({ kind, artifactId }: Holding): Holding {
  if (kind !== "image") {
    const items = { count: 0, componentId: new Float64Array(0), narSize: new Float64Array(0) };
    return { kind, artifactId, items };
  }
  const rows = {
    layer: new Int32Array(0),
    entry: new Int32Array(0),
    owner: new Int32Array(0),
    place: new Float64Array(0),
  };
  return { kind, artifactId, layers: [], bodies: { ...NO_FILES, ...rows } };
}

/** Rungs of chunks over the pair, and over nothing and the version after. */
export interface PairChunks {
  readonly pair: RungUnits;
  readonly alone: RungUnits;
}

/** What the version before has of what the version after needs, by rung. */
export function countHits({ before, after }: Pair, chunks: PairChunks): RungHits[] {
  const nothing: Side = {
    holding: emptyHolding(after.holding),
    components: [],
    listDependents: () => new Uint8Array(0),
    base: null,
  };
  const again = computePairCosts([{ before, after }], chunks.pair);
  const all = computePairCosts([{ before: nothing, after }], chunks.alone);
  return HIT_RUNGS.map((rung) => toHits(rung, findCosts(again, rung), findCosts(all, rung)));
}

function findCosts(costs: readonly ModelCosts[], rung: HitRung): ModelCosts {
  return costs.find(({ model }) => model === MODEL_OF[rung])!;
}

function toHits(rung: HitRung, again: ModelCosts, all: ModelCosts): RungHits {
  return {
    rung,
    building: toRatio(again.total.storeBytes, all.total.storeBytes),
    pulling: toRatio(again.total.pullBytes, all.total.pullBytes),
    estimated: again.estimated || all.estimated,
    pullEstimated: again.pullEstimated || all.pullEstimated,
  };
}

function toRatio(again: number | null, total: number | null): HitRatio {
  if (again === null || total === null) return { hitBytes: null, totalBytes: null, ratio: null };
  return divide(Math.max(0, total - again), total);
}

function divide(hitBytes: number, totalBytes: number): HitRatio {
  return { hitBytes, totalBytes, ratio: totalBytes === 0 ? null : hitBytes / totalBytes };
}

/** The same over several pairs. */
export function sumHits(pairs: readonly (readonly RungHits[])[]): RungHits[] {
  return HIT_RUNGS.map((rung, i) => {
    const hits = pairs.map((pair) => pair[i]!);
    return {
      rung,
      building: sumRatios(hits.map(({ building }) => building)),
      pulling: sumRatios(hits.map(({ pulling }) => pulling)),
      estimated: hits.some(({ estimated }) => estimated),
      pullEstimated: hits.some(({ pullEstimated }) => pullEstimated),
    };
  });
}

function sumRatios(ratios: readonly HitRatio[]): HitRatio {
  let [hit, total] = [0, 0];
  for (const { hitBytes, totalBytes } of ratios) {
    if (hitBytes === null || totalBytes === null) return { hitBytes: null, totalBytes: null, ratio: null };
    hit += hitBytes;
    total += totalBytes;
  }
  return divide(hit, total);
}
