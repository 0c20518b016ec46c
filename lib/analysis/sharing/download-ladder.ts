import type { DownloadFigure } from "#lib/model/answer.ts";
import type { Holding } from "#lib/model/holding.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import type { RungUnits } from "./rung.ts";

/** Rungs of whole layers have no separate download size: it is that of `blob`. */
const WHOLE_LAYERS = new Set<RungUnits["name"]>(["chain", "layer"]);

/**
 * The ladder in download bytes: `unshared` (Σ blobs) and `blob` (unique digests; items of closures) as stored, then the rungs
 * finer than layers, each unit at the compression of its layer or item (of several, the best). A plain tar in an archive, and an
 * item that no scan saw in a binary cache, make every step that includes them unknown.
 */
export function computeDownloadLadder(holdings: readonly Holding[], rungs: readonly RungUnits[]): DownloadFigure[] {
  const all = holdings.flatMap(listBlobs);
  const blobs = new Map<string, number | undefined>();
  // A blob may be uncompressed in one archive and described in another: then its size is known. Two caches may have two NARs of
  // one item: the smaller counts.
  for (const [blob, byteCount] of all) blobs.set(blob, least(byteCount, blobs.get(blob)));
  const sizes = all.map(([blob]) => blobs.get(blob));
  return [
    { rung: "unshared", bytes: sumKnown(sizes) ?? null, units: all.length, estimated: false },
    { rung: "blob", bytes: sumKnown([...blobs.values()]) ?? null, units: blobs.size, estimated: false },
    ...rungs.flatMap((rung) => (WHOLE_LAYERS.has(rung.name) ? [] : estimateStep(rung))),
  ];
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function listBlobs(holding: Holding): [blob: string, byteCount: number | undefined][] {
  if (holding.kind === "image") return holding.layers.map(({ digest, downloadSize }) => [digest, downloadSize]);
  const { componentId, fileSize } = holding.items;
  return Array.from(componentId, (id, i) => [`item ${id}`, toKnown(fileSize?.[i])]);
}

function toKnown(byteCount = -1): number | undefined {
  return byteCount < 0 ? undefined : byteCount;
}

function estimateStep({ name, unitCount, bytes, wireRatio }: RungUnits): DownloadFigure[] {
  if (wireRatio === undefined) return [];
  let sum = 0;
  for (let unit = 0; unit < unitCount; unit++) if (bytes[unit]! > 0) sum += bytes[unit]! * wireRatio[unit]!;
  return [{ rung: name, bytes: Number.isFinite(sum) ? Math.round(sum) : null, units: unitCount, estimated: true }];
}
