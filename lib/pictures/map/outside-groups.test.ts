import { expect, it } from "vitest";
import { storeLikeGraph } from "#testing/builders/graphs.ts";
import { mapSectionOf } from "#testing/builders/map-section.ts";
import { MapScene, WHOLE } from "./map-camera.ts";
import { outsideGroups } from "./outside-groups.ts";

const section = mapSectionOf(
  storeLikeGraph(300, 3),
  Float64Array.from({ length: 300 }, (_, node) => 1 + ((node * 7919) % 1009)),
);
const room = { width: 1200, height: 700, gap: 7 };
const positions = [...section.nodeAt.keys()];
const neighbours = { referrers: positions.slice(0, 100), references: positions.slice(100) };

it("has no groups while everything is in view", () => {
  expect(outsideGroups(new MapScene(section, room, WHOLE), neighbours)).toEqual([]);
});

it("has every neighbour that is outside once, by direction and stratum, those that keep most first", () => {
  const scene = MapScene.at(section, room, { z: 5, x: 0.4, y: 0.4 });
  const groups = outsideGroups(scene, neighbours);
  const outside = positions.filter((position) => {
    const { x, y, width, height } = scene.boxOf(position);
    return x + width <= 0 || y + height <= 0 || x >= room.width || y >= room.height;
  });
  expect(outside.length).toBeGreaterThan(100);
  expect(groups.flatMap((group) => group.positions).sort((a, b) => a - b)).toEqual(outside);
  for (const { direction, stratum, positions: listed } of groups) {
    const all = direction === "up" ? neighbours.referrers : neighbours.references;
    for (const position of listed) {
      expect(all).toContain(position);
      expect(section.stratumAt[position]).toBe(stratum);
    }
    const kept = listed.map((position) => section.keptSize[position]!);
    expect(kept).toEqual(kept.toSorted((a, b) => b - a));
  }
});
