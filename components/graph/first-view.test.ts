import { describe, expect, it } from "vitest";
import { firstView, nextView, viewOfAll } from "./first-view.ts";

const room = { width: 1000, height: 600 };
const box = (x: number, y: number) => ({ x, y, width: 100, height: 20 });

describe("viewOfAll", () => {
  it("fits the farthest boxes into the view", () => {
    const boxes = [box(-3000, 0), box(5000, 4000)];
    const { zoom, pan } = viewOfAll(boxes, room);
    for (const { x, y } of boxes) {
      expect(x * zoom + pan.x).toBeGreaterThan(0);
      expect(x * zoom + pan.x).toBeLessThan(room.width);
      expect(y * zoom + pan.y).toBeGreaterThan(0);
      expect(y * zoom + pan.y).toBeLessThan(room.height);
    }
  });

  it("does not enlarge a single box, and accepts an empty drawing", () => {
    expect(viewOfAll([box(0, 0)], room).zoom).toBeLessThanOrEqual(1.2);
    expect(viewOfAll([], room).zoom).toBeGreaterThan(0);
  });
});

describe("firstView", () => {
  it("shows a small drawing whole", () => {
    const boxes = [box(0, 0), box(300, 100)];
    expect(firstView(boxes, room)).toEqual(viewOfAll(boxes, room));
  });

  it("shows the left end of a wide one at a size that can be read", () => {
    const boxes = Array.from({ length: 40 }, (_, i) => box(i * 250, i * 40));
    const { zoom, pan } = firstView(boxes, room);
    expect(zoom).toBe(0.8);
    expect(boxes[0]!.x * zoom + pan.x).toBeGreaterThan(0);
    expect(boxes[0]!.x * zoom + pan.x).toBeLessThan(room.width / 4);
  });
});

describe("nextView", () => {
  const seen = { x1: -100, y1: -100, x2: 500, y2: 500 };
  const named = (key: string, x: number, height = 20) => ({ key, x, y: 0, width: 100, height });
  const before = ["a", "b", "c", "d"].map((key) => named(key, 0));

  it("stays if new boxes are in view, or if there are none", () => {
    expect(nextView(before, [...before, named("e", 400), named("f", 9000)], seen)).toBe("here");
    expect(nextView(before, before, seen)).toBe("here");
  });

  it("moves to the largest new box if none is in view", () => {
    const far = named("f", 9000, 60);
    expect(nextView(before, [...before, named("e", 8000), far], seen)).toBe(far);
  });

  it("starts over for a drawing that is mostly different", () => {
    expect(nextView(before, [named("a", 0), named("x", 10)], seen)).toBe("anew");
  });
});
