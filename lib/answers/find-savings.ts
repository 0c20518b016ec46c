import type { Pool } from "pg";
import { findLadder, type Ladder } from "#lib/analysis/sharing/ladder.ts";
import { type PenalisedLayer, RUNGS, type Rung, type SavingsAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { loadLabels } from "./labels.ts";
import { loadPartHoldings } from "./parts.ts";
import { loadChunkRung } from "./shared-rung.ts";

/** What a set of artifacts, or parts of them, needs when sharing happens at each grain. `parts`: each once. */
export async function findSavings(db: Pool, parts: readonly ArtifactPart[]): Promise<SavingsAnswer> {
  const [artifacts, holdings] = await Promise.all([loadLabels(db, parts), loadPartHoldings(db, parts)]);
  const ladder = findLadder(holdings, [await loadChunkRung(db, holdings)]);
  return {
    question: "savings",
    artifacts,
    rungs: ladder.steps.map(({ rung, bytes, units, estimated }) => ({ rung: toRung(rung), bytes, units, estimated })),
    orderPenalty: ladder.orderPenalty,
    penalised: ladder.penalisedLayers.map(toPenalised),
    download: ladder.download.map(({ rung, bytes, estimated }) => ({ rung, bytes, estimated })),
    marginal: parts.map((_, artifact) => ({
      artifact,
      rungs: ladder.steps.map(({ rung, marginal }) => ({ rung: toRung(rung), bytes: marginal[artifact]! })),
    })),
  };
}

function toRung(name: string): Rung {
  const rung = RUNGS.find((known) => known === name);
  if (rung === undefined) throw new TypeError(`the ladder has a rung ${name} that no page knows`);
  return rung;
}

function toPenalised({ diffId, contentSize, extraBytes, places }: Ladder["penalisedLayers"][number]): PenalisedLayer {
  return {
    diffId,
    contentSize,
    penalty: extraBytes,
    places: places.map(({ artifact, position }) => ({ artifact, position })),
  };
}
