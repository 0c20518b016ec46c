import { expect, it } from "vitest";
import { graphOf, storeLikeGraph } from "#testing/builders/graphs.ts";
import { mapSectionOf } from "#testing/builders/map-section.ts";
import { listTreeRows, PORTION } from "./tree-rows.ts";

const section = mapSectionOf(
  storeLikeGraph(600, 3),
  new Float64Array(600).map((_, node) => 1 + (node % 97)),
);
const strata = section.strata.map((_, i) => `s${i}`);

it("lists only strata while nothing is open", () => {
  const rows = listTreeRows(section, { open: new Set(), shown: new Map() });
  expect(rows.map(({ key, level, open }) => [key, level, open])).toEqual(strata.map((key) => [key, 1, false]));
});

it("lists every node once if everything is open", () => {
  const all = [...section.nodeAt.keys()];
  const open = new Set([...strata, ...all.map(String)]);
  const shown = new Map([...open].map((key) => [key, 1000]));
  const nodes = listTreeRows(section, { open, shown }).filter(({ type }) => type === "node");
  expect(nodes.map(({ value }) => value).sort((a, b) => a - b)).toEqual(all);
  for (const { value, parent, level } of nodes) {
    const frame = section.parentAt[value]!;
    expect(parent).toBe(frame < 0 ? `s${section.stratumAt[value]}` : `${frame}`);
    expect(level).toBeGreaterThan(1);
  }
});

it("cuts a long list, says how much is missing, and shows the largest first", () => {
  const last = section.strata.length - 1;
  const rows = listTreeRows(section, { open: new Set([`s${last}`]), shown: new Map() }).slice(section.strata.length);
  const of = rows[0]!.of;
  expect(of).toBeGreaterThan(PORTION);
  expect(rows.at(-1)).toMatchObject({ type: "more", value: of - PORTION, key: `s${last}+` });
  const sizes = rows.slice(0, -1).map(({ value }) => section.keptSize[value]!);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

it("survives a chain of frames that are all open", () => {
  const length = 20_000;
  const edges = Array.from({ length: length - 1 }, (_, i): [number, number] => [i, i + 1]);
  const chain = mapSectionOf(graphOf(length, edges), new Float64Array(length).fill(1));
  const open = new Set(["s0", ...Array.from({ length }, (_, i) => `${i}`)]);
  expect(listTreeRows(chain, { open, shown: new Map() })).toHaveLength(length + 1);
});
