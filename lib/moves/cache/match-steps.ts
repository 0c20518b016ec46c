import type { CacheStep, MissReason, Rebuilt } from "#lib/model/cache-hits.ts";
import { sumKnown } from "#lib/model/sum-known.ts";

/** A step of an image's history, with what its layer has. */
export interface BuildStep {
  readonly createdBy: string;
  /** `null` if the step made no layer. */
  readonly layer: BuiltLayer | null;
}

export interface BuiltLayer {
  readonly position: number;
  readonly diffId: string;
  readonly contentSize: number;
  readonly downloadSize: number | null;
}

/**
 * The steps of a version beside those of the version before, in order: a build cache has a step if it and all before it are the same
 * command and gave the same layer. `sameBytes`: by position of a layer, the bytes of its files that are in the version before.
 */
export function matchSteps(
  before: readonly BuildStep[],
  after: readonly BuildStep[],
  sameBytes: ReadonlyMap<number, number>,
): CacheStep[] {
  const had = new Set(before.map(({ layer }) => layer?.diffId));
  const first = after.findIndex((step, i) => findReason(before[i], step) !== null);
  return after.map((step, i) => ({
    createdBy: step.createdBy,
    layer: step.layer?.position ?? null,
    miss: first === -1 || i < first ? null : i === first ? findReason(before[i], step) : "follows",
    contentSize: step.layer?.contentSize ?? 0,
    downloadSize: step.layer === null ? 0 : step.layer.downloadSize,
    sameBytes: step.layer === null ? 0 : (sameBytes.get(step.layer.position) ?? 0),
    sameLayer: step.layer !== null && had.has(step.layer.diffId),
  }));
}

function findReason(before: BuildStep | undefined, after: BuildStep): MissReason | null {
  if (before === undefined) return "added";
  if (before.createdBy !== after.createdBy) return "command";
  return before.layer?.diffId === after.layer?.diffId ? null : "content";
}

export function sumRebuilt(steps: readonly CacheStep[]): Rebuilt {
  const missed = steps.filter(({ miss }) => miss !== null);
  const sumOf = (size: "contentSize" | "sameBytes") => missed.reduce((sum, step) => sum + step[size], 0);
  return {
    steps: missed.length,
    contentSize: sumOf("contentSize"),
    sameBytes: sumOf("sameBytes"),
    downloadSize: sumKnown(missed.map(({ downloadSize }) => downloadSize ?? undefined)) ?? null,
  };
}
