import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countMistakes, nearestTexts } from "./nearest-text.ts";

describe("countMistakes", () => {
  it.each([
    ["scan", "scan", 0],
    ["sacn", "scan", 1],
    ["docker-arhive", "docker-archive", 1],
    ["", "abc", 3],
    ["ca", "abc", 3],
    ["kitten", "sitting", 3],
  ])("%j for %j: %i", (a, b, mistakes) => {
    expect(countMistakes(a, b)).toBe(mistakes);
  });

  it("is a metric: 0 to itself, symmetric, and at most the longer text's length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(countMistakes(a, a)).toBe(0);
        expect(countMistakes(a, b)).toBe(countMistakes(b, a));
        expect(countMistakes(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it("of one random mistake is one", () => {
    const word = fc.string({ minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.nat(), (text, at) => {
        const i = at % text.length;
        expect(countMistakes(text, text.slice(0, i) + text.slice(i + 1))).toBe(1);
      }),
    );
  });
});

describe("nearestTexts", () => {
  const names = ["nginx:1.27", "nginx:1.25", "node:24", "postgres:18"];

  it("returns the nearest first, and no distant ones", () => {
    expect(nearestTexts("ngnix:1.27", names, 5)).toEqual(["nginx:1.27", "nginx:1.25"]);
    expect(nearestTexts("NGINX:1.27", names, 1)).toEqual(["nginx:1.27"]);
    expect(nearestTexts("redis:8", names, 5)).toEqual([]);
  });

  it("accepts texts of any length", () => {
    expect(nearestTexts("x".repeat(100_000), ["y".repeat(100_000)], 5)).toEqual([]);
  });
});
