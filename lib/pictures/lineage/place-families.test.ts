import { expect, it } from "vitest";
import type { LineageImage } from "#lib/model/lineage.ts";
import { MAX_DRAWN_LAYERS, MAX_FAMILY_ROWS, type PlacedFamily, placeFamilies } from "./place-families.ts";

type Layers = readonly (readonly [diffId: string, bytes: number])[];

interface Given {
  readonly base?: LineageImage;
  /** Lowest layers that it shares with its base; default: all of them. */
  readonly shared?: number;
  readonly sharedBytes?: number;
  readonly onIt?: number;
}

function image(name: string, layers: Layers, { base, onIt = 0, ...given }: Given = {}): LineageImage {
  const sharedLayers = given.shared ?? base?.layerCount ?? 0;
  const upper = layers.map(([diffId, bytes], i) => ({
    diffId,
    chainId: [base?.name, ...layers.slice(0, i + 1).map(([id]) => id)].join(" "),
    contentSize: bytes,
    downloadSize: null,
  }));
  return {
    id: name,
    digest: `sha256:${name}`,
    name,
    platform: "",
    base: base?.id ?? null,
    evidence: base === undefined ? null : "chain",
    layerCount: sharedLayers + layers.length,
    sharedLayers,
    sharedBytes: given.sharedBytes ?? 0,
    upper,
    storeBytes: 0,
    pullBytes: null,
    stale: false,
    directCount: 0,
    imageCount: onIt,
    moved: null,
  };
}

const rowsOf = ({ rows }: PlacedFamily) => rows.map((row) => [row.image.name, row.end]);
const layersOf = ({ layers }: PlacedFamily) =>
  layers.map(({ look, bytes, x, width, row, rowCount }) => [look, bytes, x, width, row, rowCount]);

it("draws what images share once, across their rows, the largest first, and all families on one scale", () => {
  const base = image("base", [["a", 60]], { onIt: 3 });
  const web = image("web", [["w", 30]], { base, onIt: 1 });
  const images = [base, image("sql", [["s", 20]], { base }), web, image("page", [["p", 10]], { base: web })];
  const other = image("other", [["o", 50]]);
  const [family, alone] = placeFamilies([...images, other], [base, other]);
  expect(rowsOf(family!)).toEqual([
    ["base", 0.6],
    ["web", 0.9],
    ["page", 1],
    ["sql", 0.8],
  ]);
  expect(layersOf(family!)).toEqual([
    ["shared", 60, 0, 0.6, 0, 4],
    ["shared", 30, 0.6, 0.3, 1, 2],
    ["only", 10, 0.9, 0.1, 2, 1],
    ["only", 20, 0.6, 0.2, 3, 1],
  ]);
  expect([family!.unshared, family!.stored]).toEqual([60 + 90 + 100 + 80, 120]);
  expect(layersOf(alone!)).toEqual([["only", 50, 0, 0.5, 0, 1]]);
});

it("marks a layer that is stored again because it is on other layers", () => {
  const [old, base] = [image("old", [["a", 5]], { onIt: 1 }), image("base", [["b", 5]], { onIt: 1 })];
  const apps = [image("x", [["app", 5]], { base: old }), image("y", [["app", 5]], { base })];
  const [family] = placeFamilies([old, base, ...apps], [base]);
  expect(family!.layers.map(({ look }) => look)).toEqual(["shared", "again"]);
});

it("begins at the left for an image that does not contain its base as a whole", () => {
  const base = image(
    "base",
    [
      ["a", 40],
      ["b", 40],
    ],
    { onIt: 2 },
  );
  const part = image("part", [["c", 20]], { base, shared: 1, sharedBytes: 40 });
  const whole = image("whole", [["d", 20]], { base });
  const [family] = placeFamilies([base, part, whole], [base]);
  expect(rowsOf(family!).map(([name]) => name)).toEqual(["base", "whole", "part"]);
  expect(layersOf(family!).map(([look, , x, , row, rowCount]) => [look, x, row, rowCount])).toEqual([
    ["shared", 0, 0, 2],
    ["shared", 0.4, 0, 2],
    ["only", 0.8, 1, 1],
    ["below", 0, 2, 1],
    ["only", 0.4, 2, 1],
  ]);
});

it("counts what is not drawn: images that share a block, and the bytes of a family", () => {
  const base = image("base", [["a", 100]], { onIt: 60 });
  const images = Array.from({ length: 60 }, (_, i) => image(`i${i}`, [[`${i}`, 10]], { base }));
  const [family] = placeFamilies([base, ...images], [base]);
  expect(family!.layers[0]).toMatchObject({ look: "shared", rowCount: MAX_FAMILY_ROWS, imageCount: 61 });
  expect([family!.unshared, family!.stored]).toEqual([100 + 60 * 110, 100 + 60 * 10]);
});

it("cuts a huge image at the end of the axis, so that the others stay visible", () => {
  const huge = image("huge", [["h", 100_000]], { onIt: 1 });
  const model = image("model", [["m", 50_000]], { base: huge });
  const small = Array.from({ length: 30 }, (_, i) => image(`s${i}`, [[`s${i}`, 100]]));
  const [family, first] = placeFamilies([huge, model, ...small], [huge, ...small]);
  expect(family!.rows.map(({ bytes, end, isCut }) => [bytes, end, isCut])).toEqual([
    [100_000, 1, true],
    [150_000, 1, true],
  ]);
  expect(layersOf(family!).map(([look, , x, width]) => [look, x, width])).toEqual([
    ["shared", 0, 1],
    ["only", 1, 0],
  ]);
  expect(first!.rows[0]).toMatchObject({ bytes: 100, isCut: false });
  expect(first!.rows[0]!.end).toBeGreaterThan(0.5);
});

it("is bounded: images and layers that are not drawn are counted", () => {
  const base = image("base", [["a", 1]], { onIt: 60 });
  const images = Array.from({ length: 60 }, (_, i) => image(`i${i}`, [[`${i}`, 1]], { base }));
  const deep = image(
    "deep",
    Array.from({ length: 1000 }, (_, i) => [`d${i}`, 2] as const),
  );
  const [family, other] = placeFamilies([base, ...images, deep], [base, deep]);
  expect([family!.rows.length, family!.hiddenCount]).toEqual([MAX_FAMILY_ROWS, 61 - MAX_FAMILY_ROWS]);
  expect(other!.layers).toMatchObject([{ layerCount: 1000, bytes: 2000, width: 1 }]);
  expect(MAX_DRAWN_LAYERS).toBeLessThan(1000);
});

it("draws images without bytes", () => {
  const [family] = placeFamilies([image("empty", [])], [image("empty", [])]);
  expect([rowsOf(family!), family!.layers]).toEqual([[["empty", 0]], []]);
});
