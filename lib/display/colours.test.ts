import { expect, it } from "vitest";
import { layerColour, nameColour, ROCK_COUNT, uniqueLayerColour } from "./colours.ts";

const digests = Array.from({ length: 200 }, (_, i) =>
  ((i + 1) * 7_919_123).toString(16).padStart(6, "0").slice(-6).padEnd(64, "0"),
);
const rocksOf = (colour: string) => [...colour.matchAll(/var\(--rock-(\d+)\)/g)].map((match) => Number(match[1]));

it("gives a layer the same colour wherever it turns up, with or without the algorithm's name", () => {
  const hex = "c0ffee".padEnd(64, "0");
  expect(layerColour(`sha256:${hex}`)).toBe(layerColour(hex));
});

it("uses only colours that the style sheet defines", () => {
  for (const colour of [...digests.map(layerColour), ...digests.map(nameColour)]) {
    const rocks = rocksOf(colour);
    expect(rocks).toHaveLength(1);
    expect(rocks[0]).toBeLessThan(ROCK_COUNT);
  }
});

it("tells more layers apart than there are rocks", () => {
  expect(new Set(digests.map(layerColour)).size).toBe(3 * ROCK_COUNT);
});

it("tells neighbouring layers apart even when no other image has them", () => {
  expect(uniqueLayerColour(3)).not.toBe(uniqueLayerColour(4));
});
