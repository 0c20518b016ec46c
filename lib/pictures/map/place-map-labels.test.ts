import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storeLikeGraph } from "#testing/builders/graphs.ts";
import { mapSectionOf } from "#testing/builders/map-section.ts";
import { commonSuffix } from "./common-suffix.ts";
import { MapScene } from "./map-camera.ts";
import { LABEL_FONTS, type LabelWords, placeMapLabels } from "./place-map-labels.ts";

const section = mapSectionOf(
  storeLikeGraph(300, 3),
  Float64Array.from({ length: 300 }, (_, node) => 1 + ((node * 7919) % 1009)),
);
const room = { width: 1200, height: 700, gap: 7 };
const region = { x: 0, y: 0, width: room.width, height: room.height };
const words: LabelWords = {
  name: (position) => `package-${position}-with-a-name`,
  note: (position) => (position % 3 === 0 ? "" : "12.3 KiB"),
  measure: (text, font) => text.length * LABEL_FONTS[font].size * 0.55,
};
const zooms = fc.double({ min: 1, max: 40, noNaN: true });

describe("placeMapLabels", () => {
  it("lets no two labels overlap, and none leave its cell", () => {
    fc.assert(
      fc.property(zooms, (z) => {
        const scene = MapScene.at(section, room, { z, x: 0.2, y: 0.1 });
        const labels = placeMapLabels(scene, { region, words });
        const boxes = labels.map(({ position, text, font, x, y }) => {
          const { size } = LABEL_FONTS[font];
          return { position, left: x, right: x + words.measure(text, font), top: y - size * 0.75, bottom: y };
        });
        expect(boxes.length).toBeGreaterThan(0);
        for (const [i, a] of boxes.entries()) {
          const cell = scene.boxOf(a.position);
          expect(a.left >= cell.x && a.right <= cell.x + cell.width).toBe(true);
          expect(a.top >= cell.y && a.bottom <= cell.y + cell.height).toBe(true);
          for (const b of boxes.slice(i + 1)) {
            expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
          }
        }
      }),
    );
  });

  it("writes nothing smaller than 11 pixels, and cuts no name below seven letters", () => {
    for (const { size } of Object.values(LABEL_FONTS)) expect(size).toBeGreaterThanOrEqual(11);
    for (const z of [1, 3, 9]) {
      const scene = MapScene.at(section, room, { z, x: 0, y: 0 });
      const cut = placeMapLabels(scene, { region, words }).filter(({ text }) => text.endsWith("…"));
      for (const { text } of cut) expect(text.length).toBeGreaterThan(7);
    }
  });

  it("names only lit nodes while a node is selected", () => {
    const litAt = new Uint8Array(section.nodeAt.length);
    litAt[0] = 1;
    const scene = MapScene.at(section, room, { z: 1, x: 0, y: 0 });
    expect(new Set(placeMapLabels(scene, { region, words, litAt }).map(({ position }) => position))).toEqual(
      new Set([0]),
    );
  });

  it("names a frame that begins outside at the edge of the room", () => {
    const scene = new MapScene(section, room, { zoom: 4, left: 300, top: 20 });
    const box = scene.boxOf(0);
    expect(box.x < 0 && box.x + box.width > 0).toBe(true);
    expect(placeMapLabels(scene, { region, words }).find(({ position }) => position === 0)?.x).toBe(4);
  });
});

describe("commonSuffix", () => {
  it.each([
    [["a.drv", "b.drv", "c.drv"], ".drv"],
    [["a.drv", "b.drv", "c"], ""],
    [["libc", "bash"], ""],
    [["only.drv"], ""],
    [[], ""],
  ])("of %j is %j", (names, suffix) => {
    expect(commonSuffix(names)).toBe(suffix);
  });
});
