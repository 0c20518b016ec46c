import type { PlanImage, PlanLayer, PullRow, RebasePlan } from "#lib/model/rebase-plan.ts";
import { sumKnown } from "#lib/model/sum-known.ts";

/**
 * What is downloaded by what a host has, rebased and rebuilt. A layer is known by its DiffID: a registry and a host keep its blob,
 * whatever is below it. `mergeBytes`: the download of the merge layer, 0 without one.
 */
export function countPulls(plan: Omit<RebasePlan, "candidates">, mergeBytes: number): PullRow[] {
  const { image, from, to, rebuilt } = plan;
  const rebasedLayers = [...to.layers, ...image.layers.slice(from.layers.length)];
  const both = { layers: [...image.layers, ...to.layers] };
  const row = (host: PullRow["host"], has: Pick<PlanImage, "layers">): PullRow => ({
    host,
    rebased: plus(sumMissing(rebasedLayers, has), mergeBytes),
    rebuilt: rebuilt === null ? null : sumMissing(rebuilt.layers, has),
  });
  return [row("image", image), row("both", both), row("nothing", { layers: [] }), row("store", both)];
}

function plus(bytes: number | null, more: number): number | null {
  return bytes === null ? null : bytes + more;
}

function sumMissing(wanted: readonly PlanLayer[], has: Pick<PlanImage, "layers">): number | null {
  const known = new Set(has.layers.map(({ diffId }) => diffId));
  const missing = new Map(wanted.filter(({ diffId }) => !known.has(diffId)).map((layer) => [layer.diffId, layer]));
  return sumKnown([...missing.values()].map(({ downloadSize }) => downloadSize)) ?? null;
}

/** The download of a tar that is not compressed yet, at the ratio of the image's layers; `undefined` if these are not compressed. */
export function estimateDownload(tarBytes: number, { layers }: Pick<PlanImage, "layers">): number {
  const content = sumKnown(layers.map(({ contentSize }) => contentSize)) ?? 0;
  const download = sumKnown(layers.map(({ downloadSize }) => downloadSize));
  if (download === undefined || content === 0) return tarBytes;
  return Math.round(tarBytes * Math.min(1, download / content));
}
