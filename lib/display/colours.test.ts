import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { KINDS, layerColour, nameColour, ROCK_COUNT, uniqueLayerColour } from "./colours.ts";
import type { Side } from "./sides.ts";

const digests = Array.from({ length: 200 }, (_, i) =>
  ((i + 1) * 7_919_123).toString(16).padStart(6, "0").slice(-6).padEnd(64, "0"),
);
const rocksOf = (colour: string) => [...colour.matchAll(/var\(--rock-(\d+)\)/g)].map((match) => Number(match[1]));

it("gives a layer the same colour everywhere, with or without the algorithm's name", () => {
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

it("distinguishes more layers than there are rocks", () => {
  expect(new Set(digests.map(layerColour)).size).toBe(3 * ROCK_COUNT);
});

it("distinguishes neighbouring layers even if no other image has them", () => {
  expect(uniqueLayerColour(3)).not.toBe(uniqueLayerColour(4));
});

type Triple = readonly [number, number, number];

/** How cones of each kind see linear sRGB: Machado, Oliveira & Fernandes 2009, severity 1. */
const VISIONS: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  "every cone": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "no red cones": [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  "no green cones": [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  "no blue cones": [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Distances in Oklab; two adjacent greys are distinguishable at a lightness difference of 0.04. */
const MIN_BETWEEN_ROCKS = 0.05;
const MIN_TO_SIDES = 0.04;
/** Cells of a map may be far apart. */
const MIN_BETWEEN_SIDES = 0.07;
const MIN_HUE = 30;
/** A colour at most half as strong as the weakest side counts as an earth colour, whatever its hue. */
const MUTED = 0.055;
/** For text up to 24 pixels. */
const MIN_CONTRAST = 4.5;
/** A weaker colour is grey, which has no hue. */
const GREY = 0.02;

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  const style = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
  const [light = "", dark = ""] = style.split(".dark {");
  const of = (name: string): Triple[] =>
    [...(theme === "light" ? light : dark).matchAll(new RegExp(`--${name}: oklch\\(([^)]*)\\)`, "g"))].map((match) => {
      const [lightness = 0, chroma = 0, hue = 0] = match[1]!.split(" ").map(Number);
      return [lightness, chroma, hue];
    });
  /** Of sRGB, 0 … 1. */
  const hexOf = (name: string): Triple => {
    const parts = new RegExp(`--${name}: #(..)(..)(..);`).exec(theme === "light" ? light : dark)!.slice(1);
    return parts.map((part) => Number.parseInt(part, 16) / 255) as unknown as Triple;
  };
  const rocks = of("rock-\\d");
  const sides = of("side-\\w+");

  it("has a rock for each number, and the four sides", () => {
    expect([rocks.length, sides.length]).toEqual([ROCK_COUNT, 4]);
  });

  it("keeps rocks clear of the hues of left, right and changed", () => {
    for (const [, chroma, hue] of sides) {
      if (chroma < GREY) continue;
      for (const [, strength, rock] of rocks) {
        if (strength < MUTED) continue;
        expect(Math.abs(((rock - hue + 540) % 360) - 180)).toBeGreaterThan(MIN_HUE);
      }
    }
  });

  it("keeps the names in every stratum of a map readable (WCAG 1.4.3)", () => {
    const [ink, raised] = [of("ink"), of("raised")].map(([colour]) => luminance(toLinear(colour!)));
    const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    for (const fills of [of("stratum-\\d"), of("stratum-own-\\d")]) {
      expect(fills).toHaveLength(5);
      for (const [i, fill] of fills.entries()) {
        const text = i === 4 && theme === "light" ? raised! : ink!;
        expect(contrast(luminance(toLinear(fill)), text)).toBeGreaterThanOrEqual(MIN_CONTRAST);
      }
    }
  });

  it("keeps names on every kind of a map, and on a frame's own part, readable (WCAG 1.4.3)", () => {
    const values = theme === "light" ? light : dark;
    const text = theme === "light" ? luminance(toLight(hexOf("on-kind"))) : luminance(toLinear(of("ink")[0]!));
    expect(values).toContain(`--on-map-kind: var(--${theme === "light" ? "on-kind" : "ink"});`);
    const page = toLinear(of("ground")[0]!).map(toSrgb);
    for (const part of ["fill", "own"]) {
      const share = Number(new RegExp(`--kind-${part}-share: ([\\d.]+);`).exec(values)?.[1]);
      for (const kind of KINDS) {
        const mixed = hexOf(`kind-${kind}`).map((value, i) => value * share + page[i]! * (1 - share));
        const [bright, dim] = [luminance(toLight(mixed as unknown as Triple)), text].sort((x, y) => y - x);
        expect((bright! + 0.05) / (dim! + 0.05), `${kind} ${part}`).toBeGreaterThanOrEqual(MIN_CONTRAST);
      }
    }
  });

  /** The colours of a part of a map's cells, by side. */
  const mapSides = (part: "fill" | "own"): Record<Side, Triple> => {
    const values = theme === "light" ? light : dark;
    const page = toLinear(of("ground")[0]!).map(toSrgb);
    const toPart = (side: Side) => {
      const set = side === "both" ? "same" : "side";
      const share = Number(new RegExp(`--${set}-${part}-share: ([\\d.]+);`).exec(values)?.[1]);
      const mixed = toLinear(of(`side-${side}`)[0]!).map((value, i) => toSrgb(value) * share + page[i]! * (1 - share));
      return toLight(mixed as unknown as Triple);
    };
    return { left: toPart("left"), right: toPart("right"), changed: toPart("changed"), both: toPart("both") };
  };

  it("keeps names on every side of a map of two artifacts readable (WCAG 1.4.3)", () => {
    const [dark, ink] = [luminance(toLight(hexOf("on-kind"))), luminance(toLinear(of("ink")[0]!))];
    for (const part of ["fill", "own"] as const) {
      for (const [side, colour] of Object.entries(mapSides(part))) {
        const text = side === "both" && theme === "dark" ? ink : dark;
        const [bright, dim] = [luminance(colour), text].sort((x, y) => y - x);
        expect((bright! + 0.05) / (dim! + 0.05), `${side} ${part}`).toBeGreaterThanOrEqual(MIN_CONTRAST);
      }
    }
  });

  it.each(Object.keys(VISIONS))("tells the sides of a map from each other, seen with %s", (vision) => {
    const seen = Object.values(mapSides("fill")).map((colour) => toOklab(times(VISIONS[vision]!, colour)));
    for (const [i, side] of seen.entries()) {
      for (const other of seen.slice(i + 1)) expect(distance(side, other)).toBeGreaterThan(MIN_BETWEEN_SIDES);
    }
  });

  it("keeps text on every rock and side readable (WCAG 1.4.3)", () => {
    const ink = luminance(toLight(hexOf("on-kind")));
    for (const colour of [...rocks, ...sides]) {
      const ground = luminance(toLinear(colour));
      expect((ground + 0.05) / (ink + 0.05)).toBeGreaterThanOrEqual(MIN_CONTRAST);
    }
  });

  it.each(Object.keys(VISIONS))("tells rocks from each other and from sides, seen with %s", (vision) => {
    const seen = rocks.map((rock) => see(rock, VISIONS[vision]!));
    for (const [i, rock] of seen.entries()) {
      for (const other of seen.slice(i + 1)) expect(distance(rock, other)).toBeGreaterThan(MIN_BETWEEN_ROCKS);
      for (const side of sides) expect(distance(rock, see(side, VISIONS[vision]!))).toBeGreaterThan(MIN_TO_SIDES);
    }
  });
});

/** Relative luminance as WCAG 2 defines it, of linear RGB. */
function luminance([red, green, blue]: Triple): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function fromSrgb(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function toSrgb(part: number): number {
  return part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
}

/** Linear RGB of sRGB. */
function toLight([red, green, blue]: Triple): Triple {
  return [fromSrgb(red), fromSrgb(green), fromSrgb(blue)];
}

function see(colour: Triple, vision: readonly [Triple, Triple, Triple]): Triple {
  const rgb = toLinear(colour);
  return toOklab(times(vision, rgb));
}

function times([a, b, c]: readonly [Triple, Triple, Triple], [x, y, z]: Triple): Triple {
  const dot = (row: Triple) => row[0] * x + row[1] * y + row[2] * z;
  return [dot(a), dot(b), dot(c)];
}

function distance(a: Triple, b: Triple): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

// Oklab's matrices, from B. Ottosson, "A perceptual color space for image processing" (2020).
function toLinear([lightness, chroma, hue]: Triple): Triple {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const cones: Triple = [
    (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return times(
    [
      [4.0767416621, -3.3077115913, 0.2309699292],
      [-1.2684380046, 2.6097574011, -0.3413193965],
      [-0.0041960863, -0.7034186147, 1.707614701],
    ],
    cones,
  );
}

function toOklab(rgb: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    [Math.max(0, rgb[0]), Math.max(0, rgb[1]), Math.max(0, rgb[2])],
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])],
  );
}
