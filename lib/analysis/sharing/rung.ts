import type { RungName } from "#lib/model/rung.ts";
import { UnitTable } from "./unit-table.ts";

/**
 * One rung of the ladder over a list of artifacts (MEASURES.md, "Sharing within a set"): which units each artifact holds.
 * A unit is a number from 0 up, the same in every artifact that holds the thing. Sizes in bytes.
 */
export interface RungUnits {
  readonly name: RungName;
  /** True where a figure of this rung is not measured for every artifact. */
  readonly estimated: boolean;
  readonly unitCount: number;
  /** By unit. */
  readonly bytes: Float64Array;
  /** For each artifact the units it holds, each once. */
  readonly sets: readonly Int32Array[];
  /** For each artifact the unit of each row; absent where a row is several units (chunks). */
  readonly unitOfRow?: readonly Int32Array[];
  /** By unit: the first artifact that holds it, and where: a layer's position, a body's row, the node index of a closure's item. */
  readonly holder: Int32Array;
  readonly row: Int32Array;
  /** By unit: bytes on the wire a byte, the least of all rows that are it, `UNKNOWN_RATIO` where none is known; `undefined` where the rows do not tell. */
  readonly wireRatio?: Float64Array;
}

/** In place of a ratio: what a registry stores of the row is not known. */
export const UNKNOWN_RATIO = Number.POSITIVE_INFINITY;

/** A rung whose rows are one unit each. */
export type RowRung = RungUnits &
  Required<Pick<RungUnits, "unitOfRow">> & {
    /** For each artifact the item (node index) of each row, where rows are the files of a closure's items. */
    readonly itemOfRow?: readonly (Int32Array | undefined)[];
  };

/**
 * The rows of one artifact, in columns. A row's unit is its key, one safe integer or two: equal keys, in whichever
 * artifact, are one unit, and have one size. Several rows of one artifact may be one unit.
 */
export interface RungRows {
  readonly first: Float64Array | Int32Array;
  readonly second?: Float64Array | Int32Array;
  readonly byteCount: Float64Array;
  readonly wireRatio?: Float64Array;
}

/** Keys whose first numbers' range is at most so many times their number are looked up in an array, the rest in a hash table. */
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

/** Fills in the unit of each row and returns how many units there are. */
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

/** Where the first numbers of the keys lie, if they lie close enough together. */
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
 * The same for keys of two numbers. Nearly every first number (a content) has one second (its place): that pair is found
 * with one look. All others go to a hash table, for there may be many: an empty file stands in thousands of places.
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
