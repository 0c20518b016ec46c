import type { Pool } from "pg";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { Gates, RungLimit } from "#lib/model/gates.ts";
import { answerOverlap } from "../overlap.ts";
import { answerSavings } from "../savings.ts";
import type { Gate } from "./judge.ts";

const UNKNOWN = "not known: an artifact has no download size";

/** The active rules about the whole set. */
export function listSetGates(
  db: Pool,
  parts: readonly ArtifactPart[],
  { minShared, maxUnshared, maxOrderPenalty }: Gates,
): Gate[] {
  const bytes = { unit: "bytes", unknown: UNKNOWN } as const;
  const loadLadder = once(() => answerSavings(db, parts));
  return [
    ...(minShared === undefined ? [] : [toSharedGate(db, parts, minShared)]),
    ...(maxUnshared === undefined
      ? []
      : [
          {
            ...bytes,
            rule: "maxUnshared",
            limit: maxUnshared,
            load: async () => unsharedOf(await loadLadder()),
          } as const,
        ]),
    ...(maxOrderPenalty === undefined
      ? []
      : [
          {
            ...bytes,
            rule: "maxOrderPenalty",
            limit: maxOrderPenalty,
            load: async () => (await loadLadder()).orderPenalty,
          } as const,
        ]),
  ];
}

/** Bytes in two or more artifacts, each counted once: the cells of the overlap with several. */
function toSharedGate(db: Pool, parts: readonly ArtifactPart[], { bytes: limit, rung }: RungLimit): Gate {
  return {
    rule: "minShared",
    unit: "bytes",
    limit,
    isMinimum: true,
    unknown: UNKNOWN,
    ...(rung && { details: { rung } }),
    load: async () => {
      const { cells, estimated } = await answerOverlap(db, { parts, rung, nameLimit: 0 });
      const shared = cells.filter((cell) => cell.in.length > 1);
      return { actual: shared.reduce((sum, { bytes }) => sum + bytes, 0), estimated };
    },
  };
}

function unsharedOf({ rungs }: SavingsAnswer): number | null {
  return rungs.find(({ rung }) => rung === "unshared")?.bytes ?? null;
}

/** Loads at the first call, for all. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
