import type { SavingsAnswer } from "#lib/model/answer.ts";
import type { Holding } from "#lib/model/holding.ts";
import { buildRung, ROW_RUNGS } from "./build-rung.ts";
import { computeDownloadLadder } from "./download-ladder.ts";
import { computePenalisedLayers } from "./order-penalty.ts";
import type { RungUnits } from "./rung.ts";

/** The figures of a set at every grain. */
export type Ladder = Omit<SavingsAnswer, "question" | "artifacts">;

/**
 * The ladder of a set of one or more artifacts. `finer`: rungs below `file` (chunks), over the same artifacts in the same order.
 */
export function computeLadder(holdings: readonly Holding[], finer: readonly RungUnits[] = []): Ladder {
  const rungs = [...ROW_RUNGS.map((name) => buildRung(name, holdings)), ...finer];
  const penalised = computePenalisedLayers(
    holdings.map((held) =>
      held.kind !== "image" ? [] : held.layers.map((layer) => ({ ...layer, bytes: layer.contentSize })),
    ),
  );
  return {
    ...toFigures(countUnshared(holdings), rungs),
    penalisedLayers: penalised.map(({ bytes: contentSize, ...layer }) => ({ ...layer, contentSize })),
    download: computeDownloadLadder(holdings, rungs),
  };
}

/** Bytes with nothing shared, infinite if they are not known. */
interface Unshared {
  readonly bytes: number;
  readonly units: number;
  readonly marginal: readonly number[];
}

/** The figures of the rungs, which begin with `chain` and `layer`. Units of infinite size make a sum unknown. */
export function toFigures(unshared: Unshared, rungs: readonly RungUnits[]): Pick<Ladder, "rungs" | "orderPenalty"> {
  const [chain, layer] = [sumOf(rungs[0]!), sumOf(rungs[1]!)];
  const figures = rungs.map((rung) => {
    const { name, unitCount: units, estimated } = rung;
    return { rung: name, bytes: sumOf(rung), units, estimated, marginal: [...computeMarginal(rung)] };
  });
  const all = [{ rung: "unshared" as const, estimated: false, ...unshared }, ...figures];
  return {
    rungs: all.map(({ bytes, marginal, ...figure }) => ({
      ...figure,
      bytes: toKnown(bytes),
      savingVersusChain: toSaving(bytes, chain),
      savingVersusLayer: toSaving(bytes, layer),
      marginal: marginal.map(toKnown),
    })),
    orderPenalty: toKnown(chain - layer),
  };
}

function toKnown(bytes: number): number | null {
  return Number.isFinite(bytes) ? bytes : null;
}

function toSaving(bytes: number, whole: number): number | null {
  if (whole === 0) return 0;
  return Number.isFinite(whole) ? toKnown(1 - bytes / whole) : null;
}

function sumOf({ bytes }: RungUnits): number {
  let sum = 0;
  for (const byteCount of bytes) sum += byteCount;
  return sum;
}

function countUnshared(holdings: readonly Holding[]): Unshared {
  const marginal = holdings.map((holding) => {
    if (holding.kind !== "image") return holding.items.narSize.reduce((sum, narSize) => sum + narSize, 0);
    return holding.layers.reduce((sum, { contentSize }) => sum + contentSize, 0);
  });
  const units = holdings.reduce(
    (sum, held) => sum + (held.kind === "image" ? held.layers.length : held.items.count),
    0,
  );
  return { bytes: marginal.reduce((sum, byteCount) => sum + byteCount, 0), units, marginal };
}

/** By artifact, the bytes of the units that no other artifact has: `marginal(i | all the others)`. */
export function computeMarginal({ unitCount, bytes, sets, holder }: RungUnits): Float64Array {
  const shared = new Uint8Array(unitCount);
  for (const [i, set] of sets.entries()) for (const unit of set) if (holder[unit] !== i) shared[unit] = 1;
  const marginal = new Float64Array(sets.length);
  for (let unit = 0; unit < unitCount; unit++) if (shared[unit] === 0) marginal[holder[unit]!]! += bytes[unit]!;
  return marginal;
}
