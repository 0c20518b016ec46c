import { describe, expect, it } from "vitest";
import { layerColour, nameColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { SIDES } from "#lib/display/sides.ts";
import { DARK, LIGHT } from "./palette.ts";
import { resolveColour } from "./resolve-colour.ts";

describe("a colour of the pages as hex digits", () => {
  // CSS Color 4: sRGB's corners in OKLCH.
  it.each([
    ["oklch(1 0 0)", "#ffffffff"],
    ["oklch(0 0 0)", "#000000ff"],
    ["oklch(0.62796 0.25768 29.234)", "#ff0000ff"],
    ["oklch(0.86644 0.294827 142.4953)", "#00ff00ff"],
    ["oklch(0.45201 0.313214 264.052)", "#0000ffff"],
    ["oklch(1 0 0 / 0.5)", "#ffffff80"],
  ])("%s", (css, hex) => {
    expect(resolveColour(css, {})).toBe(hex);
  });

  it("mixes in OKLab by the share of the second colour", () => {
    const palette = { black: "oklch(0 0 0)", white: "oklch(1 0 0)" };
    expect(resolveColour("color-mix(in oklab, var(--white), var(--black) 100%)", palette)).toBe("#000000ff");
    expect(resolveColour("color-mix(in oklab, var(--white), var(--black) 50%)", palette)).toBe("#636363ff");
  });

  it("resolves every colour of a picture, in both themes", () => {
    const layers = Array.from({ length: 24 }, (_, i) => layerColour(`sha256:${i.toString(16).padStart(6, "0")}`));
    const sides = Object.values(SIDES).map(({ colour }) => colour);
    for (const colour of [...layers, ...sides, nameColour("glibc"), uniqueLayerColour(0), uniqueLayerColour(1)])
      for (const palette of [LIGHT, DARK]) expect(resolveColour(colour, palette)).toMatch(/^#[0-9a-f]{8}$/);
  });

  it("refuses anything that is not a colour of the pages", () => {
    expect(() => resolveColour("red", LIGHT)).toThrow(RangeError);
    expect(() => resolveColour("var(--nowhere)", LIGHT)).toThrow(RangeError);
  });
});
