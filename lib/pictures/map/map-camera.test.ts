import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CameraPlace } from "#lib/pictures/camera-place.ts";
import { storeLikeGraph } from "#testing/builders/graphs.ts";
import { mapSectionOf } from "#testing/builders/map-section.ts";
import { MapScene, WHOLE } from "./map-camera.ts";
import { listFrames } from "./map-section.ts";
import { type Direction, neighbourCell } from "./neighbour-cell.ts";
import { visitCells } from "./visit-cells.ts";

const graph = storeLikeGraph(400, 3);
const section = mapSectionOf(
  graph,
  Float64Array.from({ length: 400 }, (_, node) => 1 + ((node * 7919) % 1009)),
);
const room = { width: 1200, height: 700, gap: 7 };
const whole = new MapScene(section, room, WHOLE);

const share = fc.double({ min: 0, max: 1, noNaN: true });
// Places rather than scenes: a counterexample is then readable.
const places = fc.record({ z: fc.double({ min: 1, max: 60, noNaN: true }), x: share, y: share });
const sceneAt = (place: CameraPlace) => MapScene.at(section, room, place);
const points = fc.record({
  x: fc.integer({ min: 0, max: room.width - 1 }),
  y: fc.integer({ min: 0, max: room.height - 1 }),
});

describe("MapScene", () => {
  it("fits everything into the room at first", () => {
    for (const position of section.nodeAt.keys()) {
      const { x, y, width, height } = whole.boxOf(position);
      expect(Math.min(x, y - room.gap)).toBeGreaterThan(-0.01);
      expect(x + width).toBeLessThan(room.width + 0.01);
      expect(y + height).toBeLessThan(room.height + 0.01);
    }
  });

  it("keeps what is under the pointer there while it zooms", () => {
    fc.assert(
      fc.property(places, points, fc.double({ min: 1, max: 3, noNaN: true }), (place, { x, y }, factor) => {
        const scene = sceneAt(place);
        const position = scene.pick(x, y, 0);
        if (position < 0) return;
        const [before, next] = [scene.boxOf(position), scene.zoomed(factor, x, y)];
        const after = next.boxOf(position);
        expect((x - after.x) / after.width).toBeCloseTo((x - before.x) / before.width, 4);
        expect((y - after.y) / after.height).toBeCloseTo((y - before.y) / before.height, 4);
      }),
    );
  });

  it("stays inside the map, however far it is moved", () => {
    fc.assert(
      fc.property(
        places,
        fc.integer({ min: -9000, max: 9000 }),
        fc.integer({ min: -9000, max: 9000 }),
        (place, x, y) => {
          const scene = sceneAt(place);
          const { camera, contentHeight } = scene.panned(x, y);
          expect(camera.left >= 0 && camera.left <= room.width * (camera.zoom - 1) + 1e-6).toBe(true);
          expect(camera.top >= 0 && camera.top <= contentHeight - room.height + 1e-6).toBe(true);
        },
      ),
    );
  });

  it("comes back from an address to a part of a pixel", () => {
    fc.assert(
      fc.property(places, (place) => {
        const scene = sceneAt(place);
        const { z, x, y } = scene.toPlace();
        const written = { z: Number(z.toFixed(6)), x: Number(x.toFixed(6)), y: Number(y.toFixed(6)) };
        const { camera } = MapScene.at(section, room, written);
        expect(Math.abs(camera.left - scene.camera.left)).toBeLessThan(0.2);
        expect(Math.abs(camera.top - scene.camera.top)).toBeLessThan(0.2);
      }),
    );
  });

  it("picks the innermost node that is large enough, as a search through all of them does", () => {
    fc.assert(
      fc.property(places, points, fc.constantFrom(0, 4), (place, { x, y }, minSide) => {
        const scene = sceneAt(place);
        const found = [...section.nodeAt.keys()].filter((position) => {
          return listFrames(section, position).every((frame) => {
            const box = scene.boxOf(frame);
            const inside = x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
            return inside && box.width >= minSide && box.height >= minSide;
          });
        });
        expect(scene.pick(x, y, minSide)).toBe(found.at(-1) ?? -1);
      }),
    );
  });

  it("brings a node into view, as large as asked", () => {
    for (const position of section.nodeAt.keys()) {
      const { x, y, width, height } = whole.flownTo(position, true).boxOf(position);
      expect(x > -1 && y > -1 && x + width < room.width + 1 && y + height < room.height + 1).toBe(true);
      expect(Math.max(width / room.width, height / room.height)).toBeGreaterThan(0.5);
    }
  });
});

describe("visitCells", () => {
  it("visits what is in the region and large enough, from the outside in", () => {
    fc.assert(
      fc.property(places, (place) => {
        const scene = sceneAt(place);
        const visited: number[] = [];
        const region = { x: 0, y: 0, width: room.width, height: room.height };
        visitCells(scene, { region, minWidth: 5, minHeight: 5 }, { cell: (position) => visited.push(position) });
        const expected = [...section.nodeAt.keys()].filter((position) =>
          listFrames(section, position).every((frame) => {
            const { x, y, width, height } = scene.boxOf(frame);
            const seen = x + width > 0 && y + height > 0 && x < room.width && y < room.height;
            return seen && width >= 5 && height >= 5;
          }),
        );
        expect(visited).toEqual(expected);
      }),
    );
  });

  it("says where the rest is, and whether any of it is lit", () => {
    const merged: boolean[] = [];
    const litAt = new Uint8Array(section.nodeAt.length);
    const region = { x: 0, y: 0, width: room.width, height: room.height };
    const walk = { region, minWidth: 5000, minHeight: 5000 };
    const visitor = {
      cell: () => expect.unreachable("every cell is too small"),
      merged: (_stratum: number, left: number, top: number, right: number, bottom: number, lit: boolean) => {
        expect(left < right && top < bottom).toBe(true);
        merged.push(lit);
      },
    };
    visitCells(whole, { ...walk, litAt }, visitor);
    litAt[0] = 1;
    visitCells(whole, { ...walk, litAt }, visitor);
    const half = merged.length / 2;
    expect(merged.slice(0, half)).not.toContain(true);
    expect(merged.slice(half).filter((lit) => lit)).toEqual([true]);
  });
});

describe("neighbourCell", () => {
  it("leads to the other side and stays at the edge of the map", () => {
    const turn: Readonly<Record<Direction, Direction>> = { left: "right", right: "left", up: "down", down: "up" };
    for (const direction of Object.keys(turn) as Direction[]) {
      let [at, steps] = [0, 0];
      for (let next = at; next >= 0 && steps < 500; steps++) {
        at = next;
        next = neighbourCell(whole, at, direction);
        if (next >= 0) expect(listFrames(section, at)).not.toContain(next);
      }
      expect(steps).toBeLessThan(500);
    }
  });
});
