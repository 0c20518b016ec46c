import { HIT_RUNG_LABELS, missWords } from "#lib/display/cache-words.ts";
import type { CachePair, CacheStep, RungHits } from "#lib/model/cache-hits.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { type Columns, column } from "../table.ts";

/** The steps of a version's build beside those of the version before. */
export const CACHE_STEP_COLUMNS = {
  layer: column("Layer", "count", ({ layer }: CacheStep) => layer),
  miss: column("Cache", "text", ({ miss }: CacheStep) => miss, { shown: missWords }),
  contentSize: column("Content", "bytes", ({ contentSize }: CacheStep) => contentSize),
  sameBytes: column("Same files", "bytes", ({ sameBytes }: CacheStep) => sameBytes),
  downloadSize: column("Download", "bytes", ({ downloadSize }: CacheStep) => downloadSize),
  createdBy: column("Step", "path", ({ createdBy }: CacheStep) => createdBy, {
    shown: ({ createdBy }) => tidyCreatedBy(createdBy),
  }),
} satisfies Columns<CacheStep>;

/** The ratios, from layers to chunks. */
export const HIT_COLUMNS = {
  rung: column("Matched by", "text", ({ rung }: RungHits) => rung, { shown: ({ rung }) => HIT_RUNG_LABELS[rung] }),
  building: column("Built: hits", "share", ({ building }: RungHits) => building.ratio),
  builtAgain: column("Built again", "bytes", ({ building }: RungHits) => missing(building)),
  pulling: column("Pulled: hits", "share", ({ pulling }: RungHits) => pulling.ratio),
  pulledAgain: column("Pulled again", "bytes", ({ pulling }: RungHits) => missing(pulling)),
  known: column("How known", "text", ({ building, pulling, estimated, pullEstimated }: RungHits) => {
    if (building.totalBytes === null && pulling.totalBytes === null) return "does not apply";
    if (estimated) return "estimated";
    return pullEstimated ? "measured, pull estimated" : "measured";
  }),
} satisfies Columns<RungHits>;

function missing({ hitBytes, totalBytes }: RungHits["building"]): number | null {
  return hitBytes === null || totalBytes === null ? null : totalBytes - hitBytes;
}

/** Successive versions. */
export const CACHE_PAIR_COLUMNS = {
  before: column("Before", "text", ({ before }: CachePair) => before.name),
  after: column("After", "text", ({ after }: CachePair) => after.name),
  firstMiss: column("First miss at step", "count", ({ firstMiss }: CachePair) => firstMiss),
  steps: column("Built again", "count", ({ rebuilt }: CachePair) => rebuilt.steps),
  contentSize: column("Content", "bytes", ({ rebuilt }: CachePair) => rebuilt.contentSize),
  sameBytes: column("Same files", "bytes", ({ rebuilt }: CachePair) => rebuilt.sameBytes),
  downloadSize: column("Download", "bytes", ({ rebuilt }: CachePair) => rebuilt.downloadSize),
} satisfies Columns<CachePair>;
