import type { Holding } from "#lib/model/holding.ts";
import type { Rung } from "./rung.ts";

/** What a set costs on the wire when sharing happens at one grain, in bytes. */
export interface DownloadStep {
  readonly rung: string;
  readonly bytes: number;
  readonly units: number;
  /** False where every byte is of a blob that a registry stores. */
  readonly estimated: boolean;
}

/** Rungs of whole layers have no wire form of their own: `blob` is it. */
const WHOLE_LAYERS = new Set(["chain", "layer"]);

/**
 * The ladder in downloads: `unshared` (Σ blobs) and `blob` (unique digests) as they are stored, then the rungs that cut
 * layers up, each unit at the compression of the layer that holds it (of several, the one that compresses it best). A
 * closure's items stand at their NAR size, uncompressed, and make every step estimated: its blobs are not known here.
 */
export function findDownloadLadder(holdings: readonly Holding[], rungs: readonly Rung[]): DownloadStep[] {
  const estimated = holdings.some(({ kind }) => kind === "closure");
  const blobs = new Map<string, number>();
  let unshared = 0;
  let units = 0;
  for (const holding of holdings) {
    for (const [blob, byteCount] of listBlobs(holding)) {
      unshared += byteCount;
      units += 1;
      blobs.set(blob, byteCount);
    }
  }
  const unique = [...blobs.values()].reduce((sum, byteCount) => sum + byteCount, 0);
  return [
    { rung: "unshared", bytes: unshared, units, estimated },
    { rung: "blob", bytes: unique, units: blobs.size, estimated },
    ...rungs.flatMap((rung) => (WHOLE_LAYERS.has(rung.name) ? [] : estimateStep(rung))),
  ];
}

function listBlobs(holding: Holding): [blob: string, byteCount: number][] {
  if (holding.kind === "image") return holding.layers.map(({ digest, downloadSize }) => [digest, downloadSize]);
  const { componentId, narSize } = holding.items;
  return Array.from(narSize, (byteCount, i) => [`item ${componentId[i]}`, byteCount]);
}

function estimateStep({ name, unitCount, bytes, wireRatio }: Rung): DownloadStep[] {
  if (wireRatio === undefined) return [];
  let sum = 0;
  for (let unit = 0; unit < unitCount; unit++) sum += bytes[unit]! * wireRatio[unit]!;
  return [{ rung: name, bytes: Math.round(sum), units: unitCount, estimated: true }];
}
