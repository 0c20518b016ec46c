import fc from "fast-check";
import { expect, it } from "vitest";
import { type Circle, placeVenn } from "./venn.ts";
import { labelCircles } from "./venn-labels.ts";

const box = { width: 60, height: 30 };

it("labels a circle inside if its own part has room", () => {
  const circles: Circle[] = [
    { x: 100, y: 100, radius: 90 },
    { x: 240, y: 100, radius: 90 },
  ];
  const [left, right] = labelCircles(circles, box, []);
  expect([left!.line, right!.line]).toEqual([undefined, undefined]);
  expect(left!.at.x).toBeLessThan(100);
  expect(right!.at.x).toBeGreaterThan(240);
});

it("labels a circle inside another beside both, with a line into it", () => {
  const outer = { x: 100, y: 100, radius: 90 };
  const inner = { x: 120, y: 100, radius: 10 };
  const { at, line } = labelCircles([outer, inner], box, [])[1]!;
  expect(Math.hypot(at.x - outer.x, at.y - outer.y)).toBeGreaterThan(outer.radius);
  expect(Math.hypot(line!.to.x - inner.x, line!.to.y - inner.y)).toBeLessThanOrEqual(inner.radius + 1e-6);
});

it("labels every circle without overlap, even three equal ones", () => {
  const bytes = fc.integer({ min: 1, max: 1e9 });
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(bytes, bytes, bytes), fc.tuple(part, part, part), (own, parts) => {
      const pair = (i: number, j: number) => Math.min(own[i]!, own[j]!) * parts[i + j - 1]!;
      const shared = own.map((each, i) => own.map((_, j) => (i === j ? each : pair(i, j))));
      expectApart(labelCircles(placeVenn(shared, 220, 4).circles, box, []));
    }),
  );
  const equal = { x: 100, y: 100, radius: 90 };
  expectApart(labelCircles([equal, equal, equal], box, []));
});

function expectApart(labels: ReturnType<typeof labelCircles>): void {
  expect(labels).toHaveLength(3);
  for (const [i, { at }] of labels.entries())
    for (const { at: other } of labels.slice(i + 1))
      expect(Math.abs(at.x - other.x) >= box.width || Math.abs(at.y - other.y) >= box.height).toBe(true);
}
