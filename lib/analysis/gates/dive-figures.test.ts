import fc from "fast-check";
import { expect, it } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import { NotKnownError } from "#lib/model/problem.ts";
import { naiveDive } from "#testing/oracles/naive-dive.ts";
import { DiveCounter, type DiveEntry } from "./dive-figures.ts";

const { file, directory, whiteout, opaqueWhiteout, hardLink, reserved } = EntryKind;

function count(layers: readonly (readonly DiveEntry[])[]) {
  const counter = new DiveCounter();
  for (const entries of layers) {
    counter.beginLayer();
    for (const entry of entries) counter.addEntry(entry);
    counter.endLayer();
  }
  return counter.finish();
}

const entry = (path: string, kind: EntryKind, byteCount = 0): DiveEntry => ({ path, kind, byteCount });

it("counts every copy of a path in two layers, the visible one too", () => {
  const figures = count([[entry("a", file, 100), entry("b", file, 50)], [entry("a", file, 30)]]);
  expect(figures).toEqual({
    diveSizeBytes: 180,
    diveUserSizeBytes: 30,
    diveWastedBytes: 130,
    diveEfficiency: (30 + 50) / 180,
    diveUserWastedPercent: 130 / 30,
  });
});

it("counts what a removed directory contains, and nothing for a removed file", () => {
  const lower = [entry("d", directory), entry("d/x", file, 70), entry("d/e", directory), entry("d/e/y", file, 7)];
  // The directory was no leaf below, so that it occurs once: it makes the image less efficient, and is no waste.
  expect(count([lower, [entry("d", whiteout)]])).toMatchObject({ diveWastedBytes: 0, diveEfficiency: 1 });
  const again = count([lower, [entry("d", whiteout)], [entry("d", directory)]]);
  expect(again).toMatchObject({ diveWastedBytes: 77, diveEfficiency: 77 / (77 + 77) });
  expect(count([lower, [entry("d/x", whiteout)]])).toMatchObject({ diveWastedBytes: 70, diveEfficiency: 7 / 77 });
});

it("has a ratio without user bytes: 0 without waste, none with it", () => {
  expect(count([[entry("a", file, 9)]]).diveUserWastedPercent).toBe(0);
  expect(count([[entry("a", file, 9)], [entry("a", whiteout)]]).diveUserWastedPercent).toBeNull();
  expect(count([]).diveEfficiency).toBe(1);
});

const paths = fc
  .array(fc.constantFrom("a", "b", "c", ".d", "-e"), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("/"));
const named = fc.record({
  path: paths,
  kind: fc.constantFrom(file, file, file, directory, directory, whiteout, whiteout, opaqueWhiteout, hardLink, reserved),
  byteCount: fc.nat({ max: 1000 }),
});
const entries = fc.oneof(
  { weight: 20, arbitrary: named },
  fc.constantFrom(entry("", directory), entry("", opaqueWhiteout)),
);

it("agrees with dive's own way on random layers", () => {
  const layers = fc.array(fc.array(entries, { maxLength: 14 }), { maxLength: 6 });
  fc.assert(
    fc.property(layers, (random) => {
      const sized = random.map((layer) =>
        layer.map((each) => (each.kind === file || each.kind === reserved ? each : { ...each, byteCount: 0 })),
      );
      expect(count(sized)).toEqual(naiveDive(sized));
    }),
    { numRuns: 3000 },
  );
});

it("gives up beyond its limit of paths, as whiteouts in deep directories can ask for", () => {
  const counter = new DiveCounter(1000);
  counter.beginLayer();
  const add = (i: number) => counter.addEntry(entry(`${i}/${"d/".repeat(250)}x`, whiteout));
  for (const i of [0, 1, 2]) add(i);
  expect(() => add(3)).toThrow(NotKnownError);
});
