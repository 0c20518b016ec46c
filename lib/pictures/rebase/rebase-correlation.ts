import { formatBytes } from "#lib/display/bytes.ts";
import { layerColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import type { PlanImage, PlanLayer, RebasePlan, SameFiles } from "#lib/model/rebase-plan.ts";
import type { Correlation, PictureColumn, PictureStratum } from "../correlation/columns.ts";
import type { LikeBand } from "../correlation/joins.ts";

/** The layer that a rebase adds on top; without a verdict yet, or without one, `undefined`. */
export interface MergeStratum {
  readonly bytes: number;
  readonly fileCount: number;
}

/** The image as it is, rebased and, if that is known, rebuilt: three columns, the lowest layer below. */
export function rebaseCorrelation(plan: RebasePlan, merge: MergeStratum | undefined): Correlation {
  const { image, from, to, rebuilt } = plan;
  const upper = image.layers.slice(from.layers.length);
  const isShared = sharing([image, to, ...(rebuilt === null ? [] : [rebuilt])]);
  const now = image.layers.map((layer, i) => stratum(layer, layer.chainId, i, isShared));
  const rebased = [
    ...to.layers.map((layer, i) => stratum(layer, layer.chainId, i, isShared)),
    // Its place is on other layers than now; on those of the rebuilt image if that has the same below.
    ...upper.map((layer, i) => stratum(layer, placeOf(plan, i), to.layers.length + i, isShared)),
    ...(merge === undefined ? [] : [mergeStratum(merge)]),
  ];
  const columns = [now, rebased];
  if (rebuilt !== null) columns.push(rebuilt.layers.map((layer, i) => stratum(layer, layer.chainId, i, isShared)));
  return { order: [...columns.keys()], columns: columns.map(toColumn), likeness: listBands(plan) };
}

/** The ChainID that the rebuilt image has for the same layer in the same position: all below is the same then, too. */
function placeOf({ image, from, to, rebuilt }: RebasePlan, i: number): string {
  const upper = image.layers.slice(from.layers.length, from.layers.length + i + 1);
  const there = rebuilt?.layers.slice(to.layers.length, to.layers.length + i + 1) ?? [];
  const isSame = upper.length === there.length && upper.every(({ diffId }, at) => diffId === there[at]!.diffId);
  return isSame ? rebuilt!.layers[to.layers.length + i]!.chainId : `rebased ${i}`;
}

/** A layer of several of them, the rebased one included, has its rock colour, and any other is grey. */
function sharing(images: readonly PlanImage[]): (diffId: string) => boolean {
  const [image, to, rebuilt] = images.map(({ layers }) => new Set(layers.map(({ diffId }) => diffId)));
  return (diffId) => image!.has(diffId) || to!.has(diffId) || rebuilt?.has(diffId) !== true;
}

function stratum(
  { diffId, contentSize, downloadSize, wastedSize, createdBy }: PlanLayer,
  place: string,
  position: number,
  isShared: (diffId: string) => boolean,
): PictureStratum {
  const bytes = contentSize ?? downloadSize ?? 0;
  const colour = isShared(diffId) ? layerColour(diffId) : uniqueLayerColour(position);
  const title = `Layer ${position}: ${formatBytes(bytes)} · ${tidyCreatedBy(createdBy)}`;
  return { key: diffId, place, bytes, wasted: wastedSize, colour, title };
}

function mergeStratum({ bytes }: MergeStratum): PictureStratum {
  const title = `The merge layer: ${formatBytes(bytes)}`;
  return { key: "merge", place: "merge", bytes, wasted: 0, colour: "var(--accent)", title };
}

function toColumn(strata: readonly PictureStratum[]): PictureColumn {
  return { bytes: strata.reduce((sum, { bytes }) => sum + bytes, 0), strata };
}

/** Files of the old base in the new one; and of the image's own layers in those of the rebuilt image. */
function listBands({ image, from, to, rebuilt, likeBase, likeRebuilt }: RebasePlan): LikeBand[] {
  const below = from.layers.length;
  const isSame = (band: SameFiles, other: PlanImage) =>
    image.layers[band.from]?.diffId === other.layers[band.to]?.diffId;
  const bases = likeBase
    .filter((band) => band.from < below && !isSame(band, to))
    .map((band) => ({ column: 0, ...band }));
  if (rebuilt === null) return bases;
  const uppers = likeRebuilt
    .filter((band) => band.from >= below && band.to >= to.layers.length && !isSame(band, rebuilt))
    .map((band) => ({ column: 1, ...band, from: band.from - below + to.layers.length }));
  return [...bases, ...uppers];
}
