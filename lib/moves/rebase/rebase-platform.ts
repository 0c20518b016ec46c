import { formatPlatform } from "#lib/formats/oci/index.ts";
import type { DiffId } from "#lib/model/digest.ts";
import type { RebaseAnswer, RebasedLayer, RebasedSide } from "#lib/model/rebase-answer.ts";
import { digestOfBytes } from "#lib/sources/images/read-blob.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { compareWithRebuild, withMergeLayer } from "./compare-rebuild.ts";
import { type Judgement, judgePausing } from "./judge.ts";
import { buildMergeLayer, mergeStep } from "./merge-layer.ts";
import { type ChosenSide, readRebuilt, readSides } from "./read-sides.ts";
import type { RebaseSides } from "./sides.ts";
import type { RebasedPlatform } from "./write-rebased.ts";

/** The images of one platform. */
export interface ChosenSides {
  readonly image: ChosenSide;
  readonly oldBase: ChosenSide;
  readonly newBase: ChosenSide;
  readonly against: ChosenSide | undefined;
}

/** The answer for one platform, and what a sink writes of it; `undefined` if nothing says which layers would move. */
export interface RebasedAnswer {
  readonly answer: RebaseAnswer;
  readonly write: RebasedPlatform | undefined;
}

/** Reads and judges a rebase on one platform. Throws InputError, UnreachableError. */
export async function rebasePlatform(chosen: ChosenSides, signal: AbortSignal): Promise<RebasedAnswer> {
  const sides = await readSides(chosen, signal);
  const judged = await judgePausing(sides, signal);
  const write = toWrite(chosen, sides, judged);
  const layers = listLayers(write);
  const held = new Set<string>(chosen.image.image.layers.map(({ diffId }) => diffId));
  const pulled = new Map(layers.filter(({ diffId }) => !held.has(diffId)).map((layer) => [layer.diffId, layer]));
  const answer: RebaseAnswer = {
    image: toSide(chosen.image.image),
    from: toSide(chosen.oldBase.image),
    to: toSide(chosen.newBase.image),
    platform: formatPlatform(chosen.image.image.config.platform),
    verdict: judged.verdict,
    parts: judged.parts,
    layers,
    merged: judged.merged.map((file) => ({ path: file.path, byteCount: file.kind === "file" ? file.body.length : 0 })),
    pullBytes: [...pulled.values()].reduce((sum, { storedSize }) => sum + storedSize, 0),
  };
  const against = chosen.against && (await compare(chosen.against, sides, write, signal));
  const isMovable = sides.base.by !== "none";
  return { answer: against === undefined ? answer : { ...answer, against }, write: isMovable ? write : undefined };
}

function toWrite(chosen: ChosenSides, sides: RebaseSides, { merged }: Judgement): RebasedPlatform {
  return {
    image: chosen.image.image,
    oldBase: chosen.oldBase.image,
    newBase: chosen.newBase.image,
    oldBaseLayers: sides.oldBaseLayers,
    config: sides.configs.after.json,
    mergeTar: buildMergeLayer(merged, sides.after),
    mergeStep: mergeStep(merged),
  };
}

async function compare(against: ChosenSide, sides: RebaseSides, { mergeTar }: RebasedPlatform, signal: AbortSignal) {
  const rebuilt = await readRebuilt(against, signal);
  const tree = await withMergeLayer(sides.after, mergeTar);
  return compareWithRebuild({ tree, config: sides.configs.after.json }, rebuilt);
}

export function toSide({ name, digest }: SourceImage): RebasedSide {
  return { name, digest };
}

function listLayers({
  image,
  newBase,
  oldBaseLayers,
  mergeTar,
  mergeStep: createdBy,
}: RebasedPlatform): RebasedLayer[] {
  const merge: RebasedLayer = {
    origin: "merge",
    diffId: digestOfBytes(mergeTar) as DiffId,
    storedSize: mergeTar.length,
    createdBy,
  };
  return [
    ...newBase.layers.map((layer) => toLayer("new base", layer)),
    ...image.layers.slice(oldBaseLayers).map((layer) => toLayer("image", layer)),
    ...(mergeTar.length > 0 ? [merge] : []),
  ];
}

function toLayer(origin: RebasedLayer["origin"], layer: SourceImage["layers"][number]): RebasedLayer {
  const { diffId, storedSize, createdBy } = layer;
  return { origin, diffId, storedSize, createdBy };
}
