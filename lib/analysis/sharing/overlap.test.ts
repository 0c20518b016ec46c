import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_SETS } from "#lib/model/rung.ts";
import { arbitraryHoldings, listNaiveUnits } from "#testing/builders/holdings.ts";
import { buildRung, ROW_RUNGS } from "./build-rung.ts";
import { computeOverlap, jaccardIndex, maskOf, setsOf, unitsOfCell } from "./overlap.ts";
import { buildUnits } from "./rung.ts";

const sets = arbitraryHoldings({ min: 2, max: 6 });

describe("an overlap", () => {
  it("has the cells of a manual count, the largest first, and they sum to the union", () => {
    fc.assert(
      fc.property(sets, fc.constantFrom(...ROW_RUNGS), (holdings, name) => {
        const naive = new Map<string, { in: number[]; bytes: number }>();
        for (const [i, holding] of holdings.entries()) {
          for (const [unit, bytes] of new Map(listNaiveUnits(name, holding))) {
            naive.set(unit, { in: [...(naive.get(unit)?.in ?? []), i], bytes });
          }
        }
        const cells = new Map<string, { bytes: number; units: number }>();
        for (const { in: held, bytes } of naive.values()) {
          const cell = cells.get(String(held)) ?? { bytes: 0, units: 0 };
          cells.set(String(held), { bytes: cell.bytes + bytes, units: cell.units + 1 });
        }
        const overlap = computeOverlap(buildRung(name, holdings));
        expect(new Map(overlap.cells.map(({ mask, ...cell }) => [String(setsOf(mask)), cell]))).toEqual(cells);
        const bytes = overlap.cells.map((cell) => cell.bytes);
        expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
        expect(bytes.reduce((total, each) => total + each, 0)).toBe(overlap.union.bytes);
        expect(overlap.cells.reduce((total, { units }) => total + units, 0)).toBe(overlap.union.units);
      }),
    );
  });

  it("has a symmetric matrix of shared bytes per pair", () => {
    fc.assert(
      fc.property(sets, fc.constantFrom(...ROW_RUNGS), (holdings, name) => {
        const overlap = computeOverlap(buildRung(name, holdings));
        const units = holdings.map((holding) => new Map(listNaiveUnits(name, holding)));
        for (const [i, left] of units.entries()) {
          for (const [j, right] of units.entries()) {
            const both = [...left].filter(([unit]) => right.has(unit)).reduce((sum, [, bytes]) => sum + bytes, 0);
            const all = [...new Map([...left, ...right]).values()].reduce((sum, bytes) => sum + bytes, 0);
            expect(overlap.shared[i * units.length + j]).toBe(both);
            expect(jaccardIndex(overlap, i, j)).toBe(all === 0 ? 1 : both / all);
          }
        }
      }),
    );
  });

  it("lists the units of a cell, the largest first", () => {
    fc.assert(
      fc.property(sets, (holdings) => {
        const rung = buildRung("file", holdings);
        const overlap = computeOverlap(rung);
        for (const { mask, bytes, units } of overlap.cells) {
          const found = [...unitsOfCell(overlap, rung, mask)];
          const sizes = found.map((unit) => rung.bytes[unit]!);
          expect([found.length, sizes.reduce((sum, size) => sum + size, 0)]).toEqual([units, bytes]);
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
          for (const unit of found) {
            expect(rung.sets.flatMap((set, i) => (set.includes(unit) ? [i] : []))).toEqual(setsOf(mask));
          }
        }
      }),
    );
  });

  it("separates 32 sets, the last bit being the sign of a 32-bit number", () => {
    const row = (key: number) => ({ first: Float64Array.of(0, key), byteCount: Float64Array.of(5, 1) });
    const overlap = computeOverlap(
      buildUnits(
        "file",
        Array.from({ length: MAX_SETS }, (_, i) => row(i + 1)),
      ),
    );
    expect(overlap.cells[0]).toEqual({ mask: 2 ** 32 - 1, bytes: 5, units: 1 });
    expect(overlap.cells.slice(1).map(({ mask }) => setsOf(mask))).toEqual(Array.from({ length: 32 }, (_, i) => [i]));
    expect(maskOf([0, 31])).toBe(2 ** 31 + 1);
  });

  it("refuses one set, and 33", () => {
    const rows = (count: number) => Array(count).fill({ first: Float64Array.of(1), byteCount: Float64Array.of(1) });
    expect(() => computeOverlap(buildUnits("file", rows(1)))).toThrow(RangeError);
    expect(() => computeOverlap(buildUnits("file", rows(33)))).toThrow(RangeError);
  });
});
