import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJoins, type JoinedColumn, joinColumns } from "./joins.ts";

const column = (...strata: [key: string, place: string, bytes: number][]): JoinedColumn => ({
  bytes: strata.reduce((sum, [, , bytes]) => sum + bytes, 0),
  strata: strata.map(([key, place, bytes]) => ({ key, place, bytes })),
});
const space = { height: 100, minimum: 1, likeness: [] };

describe("findJoins", () => {
  it("joins a common base solidly, and an equal layer on another base only lightly", () => {
    const columns = [
      column(["base", "base", 60], ["sqlite", "base+sqlite", 40]),
      column(["old", "old", 50], ["sqlite", "old+sqlite", 40]),
      column(["base", "base", 60], ["lua", "base+lua", 10]),
    ];
    expect(findJoins(columns).map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["chain", { column: 0, stratum: 0 }, { column: 2, stratum: 0 }],
      ["moved", { column: 0, stratum: 1 }, { column: 1, stratum: 1 }],
    ]);
  });

  it("keeps what a disk shares past a nearer column that has the layer elsewhere", () => {
    const columns = [column(["x", "p", 9]), column(["x", "q", 9]), column(["x", "p", 9])];
    expect(findJoins(columns).map(({ kind, from, to }) => [kind, from.column, to.column])).toEqual([
      ["chain", 0, 2],
      ["moved", 0, 1],
      ["moved", 1, 2],
    ]);
  });

  it("joins no empty layers, of which every image has the same one", () => {
    expect(findJoins([column(["empty", "a", 0]), column(["empty", "b", 0])])).toEqual([]);
  });
});

describe("joinColumns", () => {
  it("draws all columns on one baseline and one scale", () => {
    const { columns } = joinColumns({ ...space, columns: [column(["a", "a", 50]), column(["b", "b", 200])] });
    expect(columns.map(({ top, height }) => [top, height])).toEqual([
      [75, 25],
      [0, 100],
    ]);
  });

  it("draws similarity as a share of each stratum's thickness, never more than the stratum", () => {
    const columns = [column(["a", "a", 80]), column(["b", "b", 100])];
    const { joins } = joinColumns({
      ...space,
      columns,
      likeness: [{ column: 0, from: 0, to: 0, bytes: 40 }],
    });
    expect(joins).toHaveLength(1);
    const { from, to } = joins[0]!;
    expect(from.bottom - from.top).toBeCloseTo(40);
    expect(to.bottom - to.top).toBeCloseTo(40);
    expect(from.bottom).toBeCloseTo(100);
  });

  it("keeps every band inside the picture, whatever the columns", () => {
    const strata = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("p", "q"), fc.nat(1e9)), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(strata, { minLength: 2, maxLength: 6 }), (list) => {
        const { joins } = joinColumns({ ...space, columns: list.map((each) => column(...each)) });
        for (const { from, to, bytes } of joins) {
          expect(bytes).toBeGreaterThan(0);
          for (const { top, bottom } of [from, to]) {
            expect(top).toBeGreaterThanOrEqual(-1e-6);
            expect(bottom).toBeLessThanOrEqual(100 + 1e-6);
          }
        }
      }),
    );
  });
});
