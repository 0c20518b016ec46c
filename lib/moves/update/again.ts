import type { RungUnits } from "#lib/analysis/sharing/rung.ts";
import type { UpdateBytes, UpdateFigure, UpdateModel } from "#lib/model/update-cost.ts";

/** A layer, an item or a content that an update stores and pulls. Bytes are infinite if they are not known. */
export interface AgainUnit {
  /** Equal for units that are the same in several artifacts. */
  readonly key: string;
  readonly store: number;
  readonly pull: number;
}

/** How well the figures of a model are known. */
export interface Known {
  readonly estimated: boolean;
  readonly pullEstimated: boolean;
}

export const EXACT: Known = { estimated: false, pullEstimated: false };
export const ESTIMATED: Known = { estimated: true, pullEstimated: true };
/** Bytes on a disk are measured, those of a download follow from the compression of today's layers. */
export const BY_RATIO: Known = { estimated: false, pullEstimated: true };

/** What a group of artifacts costs under one model: each, and all together. */
export interface ModelCosts extends Known {
  readonly model: UpdateModel;
  readonly each: readonly UpdateBytes[];
  readonly total: UpdateBytes;
}

export const NOT_APPLICABLE: UpdateBytes = { storeBytes: null, pullBytes: null };

type Units = readonly AgainUnit[] | null;

/**
 * `units`: of each artifact, `null` if the model does not apply to it. `had`: keys that are there before, in any artifact. `instead`:
 * what artifacts to which the model does not apply add to the sum, if it applies to one.
 */
export function sumUnits(
  model: UpdateModel,
  known: Known,
  units: readonly Units[],
  { had = new Set(), instead = [] }: { readonly had?: ReadonlySet<string>; readonly instead?: readonly Units[] } = {},
): ModelCosts {
  const each = units.map((list) => (list === null ? NOT_APPLICABLE : sumDistinct(list)));
  const isApplied = units.length === 0 || units.some((list) => list !== null);
  const summed = units.map((list, i) => list ?? instead[i] ?? null);
  const missing = summed.flatMap((list) => list ?? []).filter(({ key }) => !had.has(key));
  const isWhole = isApplied && summed.every((list) => list !== null);
  return { model, ...known, each, total: isWhole ? sumDistinct(missing) : NOT_APPLICABLE };
}

/** A unit can cost more in one artifact than in another: it counts where it costs most, in whatever order they are asked for. */
function sumDistinct(units: readonly AgainUnit[]): UpdateBytes {
  const distinct = new Map<string, Omit<AgainUnit, "key">>();
  for (const { key, store, pull } of units) {
    const other = distinct.get(key) ?? { store, pull };
    distinct.set(key, { store: Math.max(store, other.store), pull: Math.max(pull, other.pull) });
  }
  let [store, pull] = [0, 0];
  for (const unit of distinct.values()) {
    store += unit.store;
    pull += unit.pull;
  }
  return toBytes(store, pull);
}

function toBytes(store: number, pull: number): UpdateBytes {
  return { storeBytes: toKnown(store), pullBytes: toKnown(pull) };
}

function toKnown(bytes: number): number | null {
  return Number.isFinite(bytes) ? Math.round(bytes) : null;
}

/**
 * The units of a rung over pairs: first all artifacts as they were, then each as it became. An artifact costs what it had not
 * before; all together cost what none of them had.
 */
export function sumRung(model: UpdateModel, rung: RungUnits): ModelCosts {
  const pairs = rung.sets.length / 2;
  const { unitCount, sets } = rung;
  const known = { estimated: rung.estimated, pullEstimated: true };
  const each = Array.from({ length: pairs }, (_, i) =>
    sumMissing(rung, markUnits(unitCount, [sets[i]!]), [sets[pairs + i]!]),
  );
  const total = sumMissing(rung, markUnits(unitCount, sets.slice(0, pairs)), sets.slice(pairs));
  return { model, ...known, each, total };
}

function markUnits(unitCount: number, sets: readonly Int32Array[]): Uint8Array {
  const marks = new Uint8Array(unitCount);
  for (const set of sets) for (const unit of set) marks[unit] = 1;
  return marks;
}

/** `counted` is written to. */
function sumMissing({ bytes, wireRatio }: RungUnits, counted: Uint8Array, sets: readonly Int32Array[]): UpdateBytes {
  let [store, pull] = [0, 0];
  for (const set of sets) {
    for (const unit of set) {
      if (counted[unit] === 1) continue;
      counted[unit] = 1;
      store += bytes[unit]!;
      if (bytes[unit]! > 0) pull += bytes[unit]! * (wireRatio?.[unit] ?? Number.POSITIVE_INFINITY);
    }
  }
  return toBytes(store, pull);
}

/** The figures of a group of artifacts: of each, and of all together. */
export interface GroupFigures {
  readonly each: readonly (readonly UpdateFigure[])[];
  readonly total: readonly UpdateFigure[];
}

/** `count`: artifacts of the group. */
export function toGroup(costs: readonly ModelCosts[], count: number): GroupFigures {
  const toFigures = (bytesOf: (model: ModelCosts) => UpdateBytes): UpdateFigure[] =>
    costs.map((cost) => {
      const { model, estimated, pullEstimated } = cost;
      return { model, ...bytesOf(cost), estimated, pullEstimated };
    });
  const each = Array.from({ length: count }, (_, i) => toFigures((cost) => cost.each[i]!));
  return { each, total: toFigures(({ total }) => total) };
}

/** Groups as one. What two of them need is counted in both, so the total of several is an estimate. */
export function joinGroups([first, ...more]: readonly [GroupFigures, ...GroupFigures[]]): GroupFigures {
  return more.reduce<GroupFigures>(
    (joined, group) => ({
      each: [...joined.each, ...group.each],
      total: joined.total.map(({ model, storeBytes, pullBytes }, i) => ({
        model,
        storeBytes: addKnown(storeBytes, group.total[i]!.storeBytes),
        pullBytes: addKnown(pullBytes, group.total[i]!.pullBytes),
        estimated: true,
        pullEstimated: true,
      })),
    }),
    first,
  );
}

function addKnown(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
