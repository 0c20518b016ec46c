import { UnitTable } from "./unit-table.ts";

/**
 * One rung of the ladder over a list of artifacts (MEASURES.md, "Sharing within a set"): which units each artifact holds.
 * A unit is a number from 0 up, the same in every artifact that holds the thing. Sizes in bytes.
 */
export interface Rung {
  readonly name: string;
  /** True where a figure of this rung is not measured for every artifact. */
  readonly estimated: boolean;
  readonly unitCount: number;
  /** By unit. */
  readonly bytes: Float64Array;
  /** For each artifact the units it holds, each once. */
  readonly sets: readonly Int32Array[];
  /** By unit: the first artifact that holds it, and its row there (a layer's position, a body's row, an item's node index). */
  readonly holder: Int32Array;
  readonly row: Int32Array;
  /** For each artifact the unit of each row; absent where a row is several units. */
  readonly unitOfRow?: readonly Int32Array[];
  /** By unit: bytes on the wire a byte, the least of all layers that hold it; absent where nobody can tell. */
  readonly wireRatio?: Float64Array;
}

/** Collects a rung, artifact by artifact, row by row. */
export class RungBuilder {
  readonly #table: UnitTable;
  readonly #sets: Int32Array[] = [];
  readonly #unitOfRow: Int32Array[] = [];
  #bytes: Float64Array;
  #wireRatio: Float64Array;
  #holder: Int32Array;
  #row: Int32Array;
  /** By unit: 1 + the last artifact that was seen to hold it. */
  #seen: Int32Array;
  #units = new Int32Array(0);
  #distinct = new Int32Array(0);
  #distinctCount = 0;

  constructor(expectedUnits: number) {
    const capacity = Math.max(expectedUnits, 8);
    this.#table = new UnitTable(capacity);
    this.#bytes = new Float64Array(capacity);
    this.#wireRatio = new Float64Array(capacity);
    this.#holder = new Int32Array(capacity);
    this.#row = new Int32Array(capacity);
    this.#seen = new Int32Array(capacity);
  }

  /** The next artifact has so many rows. */
  startSet(rowCount: number): void {
    this.#endSet();
    this.#units = new Int32Array(rowCount);
    this.#distinct = new Int32Array(rowCount);
    this.#unitOfRow.push(this.#units);
  }

  /** Row `row` of the artifact begun last is this unit. */
  add(row: number, first: number, second: number, byteCount: number, wireRatio: number): void {
    const unit = this.#table.add(first, second);
    const set = this.#unitOfRow.length;
    if (unit >= this.#bytes.length) this.#grow();
    if (this.#seen[unit] === 0) {
      this.#bytes[unit] = byteCount;
      this.#wireRatio[unit] = wireRatio;
      this.#holder[unit] = set - 1;
      this.#row[unit] = row;
    } else if (wireRatio < this.#wireRatio[unit]!) this.#wireRatio[unit] = wireRatio;
    this.#units[row] = unit;
    if (this.#seen[unit] === set) return;
    this.#seen[unit] = set;
    this.#distinct[this.#distinctCount++] = unit;
  }

  build(name: string, estimated = false): Rung {
    this.#endSet();
    const unitCount = this.#table.count;
    return {
      name,
      estimated,
      unitCount,
      bytes: this.#bytes.subarray(0, unitCount),
      sets: this.#sets,
      holder: this.#holder.subarray(0, unitCount),
      row: this.#row.subarray(0, unitCount),
      unitOfRow: this.#unitOfRow,
      wireRatio: this.#wireRatio.subarray(0, unitCount),
    };
  }

  #endSet(): void {
    if (this.#sets.length < this.#unitOfRow.length) this.#sets.push(this.#distinct.subarray(0, this.#distinctCount));
    this.#distinctCount = 0;
  }

  #grow(): void {
    this.#bytes = doubled(this.#bytes, new Float64Array(2 * this.#bytes.length));
    this.#wireRatio = doubled(this.#wireRatio, new Float64Array(2 * this.#wireRatio.length));
    this.#holder = doubled(this.#holder, new Int32Array(2 * this.#holder.length));
    this.#row = doubled(this.#row, new Int32Array(2 * this.#row.length));
    this.#seen = doubled(this.#seen, new Int32Array(2 * this.#seen.length));
  }
}

function doubled<T extends Float64Array | Int32Array>(array: T, larger: T): T {
  larger.set(array);
  return larger;
}
