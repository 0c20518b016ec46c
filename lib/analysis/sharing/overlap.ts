import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import type { RungUnits } from "./rung.ts";

/** One exclusive intersection: the units in all sets of the mask and in no other. */
export interface Cell {
  /** Bit i is set if set i has the cell's units; an unsigned 32-bit number. */
  readonly mask: number;
  readonly bytes: number;
  readonly units: number;
}

export interface Overlap {
  readonly setCount: number;
  /** By unit of the rung. */
  readonly masks: Uint32Array;
  /** The largest first; they sum to `union` exactly. */
  readonly cells: readonly Cell[];
  /** n × n, row by row: bytes that sets i and j share; on the diagonal all bytes of i. Symmetric. */
  readonly shared: Float64Array;
  readonly union: { readonly bytes: number; readonly units: number };
}

/**
 * Shared bytes of every combination of sets. Throws a RangeError for fewer than 2 sets or more than 32. O(Σ units of all sets).
 */
export function computeOverlap({ unitCount, bytes, sets }: RungUnits): Overlap {
  if (sets.length < MIN_SETS || sets.length > MAX_SETS)
    throw new RangeError(`expected ${MIN_SETS} to ${MAX_SETS} sets, got ${sets.length}`);
  const masks = new Uint32Array(unitCount);
  for (const [i, set] of sets.entries()) {
    const bit = 1 << i;
    for (let k = 0; k < set.length; k++) masks[set[k]!]! |= bit;
  }
  const cells = sumCells(masks, bytes);
  return {
    setCount: sets.length,
    masks,
    cells,
    shared: sumShared(cells, sets.length),
    union: { bytes: cells.reduce((sum, cell) => sum + cell.bytes, 0), units: unitCount },
  };
}

function sumCells(masks: Uint32Array, bytes: Float64Array): Cell[] {
  const cells = new Map<number, { mask: number; bytes: number; units: number }>();
  let cell = { mask: 0, bytes: 0, units: 0 };
  for (let unit = 0; unit < masks.length; unit++) {
    const mask = masks[unit]!;
    // Neighbours mostly have the same mask: saves a look-up.
    if (mask !== cell.mask) {
      cell = cells.get(mask) ?? { mask, bytes: 0, units: 0 };
      cells.set(mask, cell);
    }
    cell.bytes += bytes[unit]!;
    cell.units += 1;
  }
  return [...cells.values()].sort((a, b) => b.bytes - a.bytes || b.units - a.units || a.mask - b.mask);
}

function sumShared(cells: readonly Cell[], setCount: number): Float64Array {
  const shared = new Float64Array(setCount * setCount);
  const held = new Int32Array(setCount);
  for (const { mask, bytes } of cells) {
    let count = 0;
    for (let i = 0; i < setCount; i++) if ((mask >>> i) & 1) held[count++] = i;
    for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) shared[held[a]! * setCount + held[b]!]! += bytes;
  }
  return shared;
}

/** Bytes shared by sets i and j over the bytes of their union; 1 if both are empty. */
export function jaccardIndex({ shared, setCount }: Overlap, i: number, j: number): number {
  const both = shared[i * setCount + j]!;
  const together = shared[i * setCount + i]! + shared[j * setCount + j]! - both;
  return together === 0 ? 1 : both / together;
}

/** The mask of the cell of exactly these sets. */
export function maskOf(sets: readonly number[]): number {
  return sets.reduce((mask, i) => (mask | (1 << i)) >>> 0, 0);
}

/** The sets of a mask, ascending. */
export function setsOf(mask: number): number[] {
  return Array.from({ length: MAX_SETS }, (_, i) => i).filter((i) => (mask >>> i) & 1);
}

/** The units of one cell, the largest first. Empty if the cell does not exist. */
export function unitsOfCell(overlap: Overlap, { bytes }: RungUnits, mask: number): Int32Array {
  const { units = 0 } = overlap.cells.find((cell) => cell.mask === mask) ?? {};
  const found = new Int32Array(units);
  let count = 0;
  for (let unit = 0; count < units; unit++) if (overlap.masks[unit] === mask) found[count++] = unit;
  return found.sort((a, b) => bytes[b]! - bytes[a]! || a - b);
}
