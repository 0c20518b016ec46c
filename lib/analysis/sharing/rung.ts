import type { RungName } from "#lib/model/rung.ts";
import { UnitTable } from "./unit-table.ts";

/**
 * One rung of the ladder over a list of artifacts: which units each artifact has. A unit is a number from 0, the same in every
 * artifact with that layer, file or chunk. Sizes in bytes.
 */
export interface RungUnits {
  readonly name: RungName;
  /** True if a figure of this rung is an estimate for any artifact. */
  readonly estimated: boolean;
  readonly unitCount: number;
  /** By unit. */
  readonly bytes: Float64Array;
  /** For each artifact its units, each once. */
  readonly sets: readonly Int32Array[];
  /** For each artifact the unit of each row; absent if a row is several units (chunks). */
  readonly unitOfRow?: readonly Int32Array[];
  /** By unit: the first artifact that has it, and where: a layer's position, a body's row, the node index of a closure's item. */
  readonly holder: Int32Array;
  readonly row: Int32Array;
  /**
   * By unit: download bytes per byte, the least over its rows, `UNKNOWN_RATIO` if none is known; `undefined` if the rows have no
   * ratio.
   */
  readonly wireRatio?: Float64Array;
}

/** Marks a row whose compressed size is not known. */
export const UNKNOWN_RATIO = Number.POSITIVE_INFINITY;

/** A rung with one unit per row. */
export type RowRung = RungUnits &
  Required<Pick<RungUnits, "unitOfRow">> & {
    /** For each artifact the item (node index) of each row, if rows are the files of a closure's items. */
    readonly itemOfRow?: readonly (Int32Array | undefined)[];
  };

/**
 * The rows of one artifact, in columns. A row's unit is given by its key, one safe integer or two: equal keys, in any artifact,
 * are one unit, and have one size. Several rows of one artifact may be one unit.
 */
export interface RungRows {
  readonly first: Float64Array | Int32Array;
  readonly second?: Float64Array | Int32Array;
  readonly byteCount: Float64Array;
  readonly wireRatio?: Float64Array;
}

/**
 * Keys are looked up in an array if the range of their first numbers is at most this many times their count, else in a hash
 * table.
 */
const DENSE_FACTOR = 8;

/** Numbers the units of all artifacts. O(rows). All artifacts' rows must have a `second`, or none. */
export function buildUnits(name: RungName, artifacts: readonly RungRows[], estimated = false): RowRung {
  const unitOfRow = artifacts.map(({ first }) => new Int32Array(first.length));
  const unitCount = numberRows(artifacts, unitOfRow);
  const holder = new Int32Array(unitCount);
  const row = new Int32Array(unitCount);
  const bytes = new Float64Array(unitCount);
  const seen = new Int32Array(unitCount);
  const sets = artifacts.map(({ byteCount }, i) => {
    const units = unitOfRow[i]!;
    const distinct = new Int32Array(units.length);
    let count = 0;
    for (let k = 0; k < units.length; k++) {
      const unit = units[k]!;
      if (seen[unit] === i + 1) continue;
      if (seen[unit] === 0) {
        holder[unit] = i;
        row[unit] = k;
        bytes[unit] = byteCount[k]!;
      }
      seen[unit] = i + 1;
      distinct[count++] = unit;
    }
    return distinct.subarray(0, count);
  });
  const wireRatio = findLeastRatios(artifacts, unitOfRow, unitCount);
  return { name, estimated, unitCount, bytes, sets, unitOfRow, holder, row, wireRatio };
}

/** Fills in the unit of each row and returns the number of units. */
function numberRows(artifacts: readonly RungRows[], unitOfRow: readonly Int32Array[]): number {
  const range = findRange(artifacts);
  if (range === undefined) return numberSparse(artifacts, unitOfRow);
  const paired = artifacts.some(({ second }) => second !== undefined);
  return paired ? numberPairs(artifacts, unitOfRow, range) : numberDense(artifacts, unitOfRow, range);
}

function numberSparse(artifacts: readonly RungRows[], unitOfRow: readonly Int32Array[]): number {
  const table = new UnitTable(Math.max(0, ...unitOfRow.map((units) => units.length)));
  for (const [i, { first, second }] of artifacts.entries()) {
    const units = unitOfRow[i]!;
    for (let k = 0; k < units.length; k++) units[k] = table.add(first[k]!, second === undefined ? 0 : second[k]!);
  }
  return table.count;
}

interface Range {
  readonly least: number;
  readonly length: number;
}

/** The range of the keys' first numbers, if it is dense enough. */
function findRange(artifacts: readonly RungRows[]): Range | undefined {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let rowCount = 0;
  for (const { first } of artifacts) {
    rowCount += first.length;
    for (let k = 0; k < first.length; k++) {
      const key = first[k]!;
      if (key < least) least = key;
      if (key > greatest) greatest = key;
    }
  }
  if (rowCount === 0) return undefined;
  const length = greatest - least + 1;
  return length <= DENSE_FACTOR * rowCount ? { least, length } : undefined;
}

function numberDense(
  artifacts: readonly RungRows[],
  unitOfRow: readonly Int32Array[],
  { least, length }: Range,
): number {
  // Unit + 1 by key.
  const numbers = new Int32Array(length);
  let count = 0;
  for (const [i, { first }] of artifacts.entries()) {
    const units = unitOfRow[i]!;
    for (let k = 0; k < units.length; k++) {
      const at = first[k]! - least;
      if (numbers[at] === 0) numbers[at] = ++count;
      units[k] = numbers[at]! - 1;
    }
  }
  return count;
}

/**
 * The same for keys of two numbers. Nearly every first number (a content) has one second (its place), so that pair is found with
 * one look-up. All others go to a hash table, because there may be many: an empty file is at thousands of paths.
 */
function numberPairs(
  artifacts: readonly RungRows[],
  unitOfRow: readonly Int32Array[],
  { least, length }: Range,
): number {
  const numbers = new Int32Array(length);
  const seconds = new Float64Array(length);
  const others = new UnitTable();
  const unitOfOther: number[] = [];
  let count = 0;
  for (const [i, { first, second }] of artifacts.entries()) {
    const units = unitOfRow[i]!;
    for (let k = 0; k < units.length; k++) {
      const at = first[k]! - least;
      const place = second === undefined ? 0 : second[k]!;
      if (numbers[at] === 0) {
        numbers[at] = ++count;
        seconds[at] = place;
      }
      if (seconds[at] === place) {
        units[k] = numbers[at]! - 1;
        continue;
      }
      const other = others.add(first[k]!, place);
      if (other === unitOfOther.length) unitOfOther.push(count++);
      units[k] = unitOfOther[other]!;
    }
  }
  return count;
}

function findLeastRatios(
  artifacts: readonly RungRows[],
  unitOfRow: readonly Int32Array[],
  unitCount: number,
): Float64Array | undefined {
  if (artifacts.some(({ wireRatio }) => wireRatio === undefined)) return undefined;
  const least = new Float64Array(unitCount).fill(UNKNOWN_RATIO);
  for (const [i, { wireRatio }] of artifacts.entries()) {
    const units = unitOfRow[i]!;
    for (let k = 0; k < units.length; k++) {
      if (wireRatio![k]! < least[units[k]!]!) least[units[k]!] = wireRatio![k]!;
    }
  }
  return least;
}
