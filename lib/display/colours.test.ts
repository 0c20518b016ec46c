import { expect, it } from "vitest";
import { ROCK_COUNT, rockColour, uniqueLayerColour } from "./colours.ts";

it("gives a layer the same colour wherever it turns up, with or without the algorithm's name", () => {
  const hex = "c0ffee".padEnd(64, "0");
  expect(rockColour(`sha256:${hex}`)).toBe(rockColour(hex));
});

it("uses only colours that the style sheet defines", () => {
  for (let i = 0; i < 64; i++) {
    const match = /^var\(--rock-(\d+)\)$/.exec(
      rockColour((i * 7919).toString(16).padStart(64, "0").split("").reverse().join("")),
    );
    expect(Number(match?.[1])).toBeLessThan(ROCK_COUNT);
  }
});

it("tells neighbouring layers apart even when no other image has them", () => {
  expect(uniqueLayerColour(3)).not.toBe(uniqueLayerColour(4));
});
