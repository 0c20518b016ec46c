import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Holding } from "#lib/model/holding.ts";
import { arbitraryHoldings } from "#testing/builders/holdings.ts";
import { buildRung } from "./build-rung.ts";
import { computeLikeness } from "./likeness.ts";
import { computeOverlap } from "./overlap.ts";

/** The layers in which each content is visible, found one by one. */
function layersShowing(held: Holding, contentId: number): number[] {
  if (held.kind !== "image") return held.items.bodies?.contentId.includes(contentId) ? [0] : [];
  return [...held.bodies.contentId.keys()]
    .filter((i) => held.bodies.contentId[i] === contentId)
    .map((i) => held.bodies.layer[i]!);
}

const layerIdOf = (held: Holding, position: number) => (held.kind === "image" ? held.layers[position]!.layerId : -1);

describe("computeLikeness", () => {
  it("counts each content visible in both once, between the lowest layers that show it", () => {
    fc.assert(
      fc.property(arbitraryHoldings({ min: 2, max: 2 }), ([left, right]) => {
        if (left === undefined || right === undefined) return;
        if (left.kind === "closure" && right.kind === "closure") return;
        const bodies = left.kind === "image" ? left.bodies : left.items.bodies;
        const byteCounts = new Map([...(bodies?.contentId ?? [])].map((id, i) => [id, bodies!.byteCount[i]!]));
        const expected = new Map<string, number>();
        for (const [id, byteCount] of byteCounts) {
          const to = layersShowing(right, id);
          if (to.length === 0 || byteCount === 0) continue;
          const [a, b] = [Math.min(...layersShowing(left, id)), Math.min(...to)];
          if (left.kind === right.kind && layerIdOf(left, a) === layerIdOf(right, b)) continue;
          expected.set(`${a} ${b}`, (expected.get(`${a} ${b}`) ?? 0) + byteCount);
        }
        expect(new Map(computeLikeness(left, right).map(({ from, to, bytes }) => [`${from} ${to}`, bytes]))).toEqual(
          expected,
        );
      }),
    );
  });

  it("counts common items of two closures file by file, and unread ones as a whole", () => {
    const closures = arbitraryHoldings({ min: 2, max: 2 }).filter((held) =>
      held.every(({ kind }) => kind === "closure"),
    );
    fc.assert(
      fc.property(closures, (held) => {
        const both = computeOverlap(buildRung("file", held)).cells.find(({ mask }) => mask === 3)?.bytes ?? 0;
        expect(computeLikeness(held[0]!, held[1]!)).toEqual(both === 0 ? [] : [{ from: 0, to: 0, bytes: both }]);
      }),
    );
  });

  it("is symmetric", () => {
    fc.assert(
      fc.property(arbitraryHoldings({ min: 2, max: 2 }), ([left, right]) => {
        const turned = computeLikeness(right!, left!).map(({ from, to, bytes }) => `${to} ${from} ${bytes}`);
        expect(new Set(computeLikeness(left!, right!).map(({ from, to, bytes }) => `${from} ${to} ${bytes}`))).toEqual(
          new Set(turned),
        );
      }),
    );
  });

  it("finds nothing between an image and itself: its layers are equal already", () => {
    fc.assert(
      fc.property(arbitraryHoldings({ min: 1, max: 1 }), ([held]) => {
        if (held!.kind === "closure") return;
        expect(computeLikeness(held!, held!)).toEqual([]);
      }),
    );
  });
});
