import { expect, it } from "vitest";
import { type SplitLayer, splitLayers } from "./split-layers.ts";

const MIB = 1024 ** 2;
const layer = (images: number[], groups: Record<number, number>, isTop = false): SplitLayer => {
  return { images, groups: new Map(Object.entries(groups).map(([group, bytes]) => [Number(group), bytes])), isTop };
};

it("gives the largest groups a layer of their own while all images of theirs have room", () => {
  const layers = [
    layer([0, 1], { 1: 5 * MIB, 2: 4 * MIB, 3: MIB }),
    layer([0], { 4: 3 * MIB }, true),
    layer([1], { 5: MIB }, true),
  ];
  const split = (maxLayers: number) => splitLayers(layers, Int32Array.of(2, 2), maxLayers).map((groups) => [...groups]);
  expect(split(2)).toEqual([[], [], []]);
  expect(split(3)).toEqual([[1], [], []]);
  expect(split(4)).toEqual([[1, 2], [], []]);
  // The last group of a shared layer is alone already; that of a top layer leaves its directories behind.
  expect(split(9)).toEqual([[1, 2], [4], [5]]);
});

it("splits off nothing that is not worth a request", () => {
  expect(splitLayers([layer([0], { 1: 100 }, true)], Int32Array.of(1), 64)).toEqual([new Set()]);
});
