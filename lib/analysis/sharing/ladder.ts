import type { Holding } from "#lib/model/holding.ts";
import { buildRung, RUNG_NAMES } from "./build-rung.ts";
import { type DownloadStep, findDownloadLadder } from "./download-ladder.ts";
import { findPenalisedLayers, type PenalisedLayer } from "./order-penalty.ts";
import type { Rung } from "./rung.ts";

/** What a set needs when sharing happens at one grain. Sizes in bytes. */
export interface LadderStep {
  /** `unshared`, or the name of a rung. */
  readonly rung: string;
  readonly bytes: number;
  /** Units counted: layers in their places and items for `unshared`. */
  readonly units: number;
  readonly estimated: boolean;
  /** 1 − bytes / those of `chain` (of `layer`): what this saves over layers on a disk, and in a registry. 0 where there are none. */
  readonly savingVersusChain: number;
  readonly savingVersusLayer: number;
  /** By artifact: bytes that it adds for a host which has all the others. */
  readonly marginal: Float64Array;
}

export interface Ladder {
  readonly steps: readonly LadderStep[];
  /** chain − layer, and the layers that cause it: their extra bytes sum to it. */
  readonly orderPenalty: number;
  readonly penalisedLayers: readonly PenalisedLayer[];
  readonly download: readonly DownloadStep[];
}

/**
 * The ladder of a set of one or more artifacts (MEASURES.md, "Sharing within a set"). `finer` are rungs below `file`, over
 * the same artifacts in the same order (chunks).
 */
export function findLadder(holdings: readonly Holding[], finer: readonly Rung[] = []): Ladder {
  const rungs = [...RUNG_NAMES.map((name) => buildRung(name, holdings)), ...finer];
  const chain = sumOf(rungs[0]!);
  const layer = sumOf(rungs[1]!);
  const saving = (bytes: number) => ({
    savingVersusChain: chain === 0 ? 0 : 1 - bytes / chain,
    savingVersusLayer: layer === 0 ? 0 : 1 - bytes / layer,
  });
  const unshared = countUnshared(holdings);
  const steps = rungs.map((rung) => {
    const bytes = sumOf(rung);
    const { name, unitCount, estimated } = rung;
    return { rung: name, bytes, units: unitCount, estimated, ...saving(bytes), marginal: findMarginal(rung) };
  });
  return {
    steps: [{ rung: "unshared", estimated: false, ...unshared, ...saving(unshared.bytes) }, ...steps],
    orderPenalty: chain - layer,
    penalisedLayers: findPenalisedLayers(holdings),
    download: findDownloadLadder(holdings, rungs),
  };
}

function sumOf({ bytes }: Rung): number {
  let sum = 0;
  for (const byteCount of bytes) sum += byteCount;
  return sum;
}

function countUnshared(holdings: readonly Holding[]): Pick<LadderStep, "bytes" | "units" | "marginal"> {
  const marginal = Float64Array.from(holdings, (holding) => {
    if (holding.kind === "closure") return holding.items.narSize.reduce((sum, narSize) => sum + narSize, 0);
    return holding.layers.reduce((sum, { contentSize }) => sum + contentSize, 0);
  });
  const units = holdings.reduce(
    (sum, held) => sum + (held.kind === "image" ? held.layers.length : held.items.count),
    0,
  );
  return { bytes: marginal.reduce((sum, byteCount) => sum + byteCount, 0), units, marginal };
}

/** By artifact the bytes of the units that no other artifact holds: `marginal(i | all the others)`. */
export function findMarginal({ unitCount, bytes, sets, holder }: Rung): Float64Array {
  const shared = new Uint8Array(unitCount);
  for (const [i, set] of sets.entries()) for (const unit of set) if (holder[unit] !== i) shared[unit] = 1;
  const marginal = new Float64Array(sets.length);
  for (let unit = 0; unit < unitCount; unit++) if (shared[unit] === 0) marginal[holder[unit]!]! += bytes[unit]!;
  return marginal;
}
