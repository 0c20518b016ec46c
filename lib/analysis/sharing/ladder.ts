import type { RungFigure, SavingsAnswer } from "#lib/model/answer.ts";
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
  const chain = sumOf(rungs[0]!);
  const layer = sumOf(rungs[1]!);
  const saving = (bytes: number) => ({
    savingVersusChain: chain === 0 ? 0 : 1 - bytes / chain,
    savingVersusLayer: layer === 0 ? 0 : 1 - bytes / layer,
  });
  const unshared = countUnshared(holdings);
  const figures = rungs.map((rung) => {
    const bytes = sumOf(rung);
    const { name, unitCount, estimated } = rung;
    return { rung: name, bytes, units: unitCount, estimated, ...saving(bytes), marginal: [...computeMarginal(rung)] };
  });
  return {
    rungs: [{ rung: "unshared", estimated: false, ...unshared, ...saving(unshared.bytes) }, ...figures],
    orderPenalty: chain - layer,
    penalisedLayers: computePenalisedLayers(holdings),
    download: computeDownloadLadder(holdings, rungs),
  };
}

function sumOf({ bytes }: RungUnits): number {
  let sum = 0;
  for (const byteCount of bytes) sum += byteCount;
  return sum;
}

function countUnshared(holdings: readonly Holding[]): Pick<RungFigure, "bytes" | "units" | "marginal"> {
  const marginal = holdings.map((holding) => {
    if (holding.kind === "closure") return holding.items.narSize.reduce((sum, narSize) => sum + narSize, 0);
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
