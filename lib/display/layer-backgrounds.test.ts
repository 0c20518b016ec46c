import { expect, it } from "vitest";
import { layerBackgrounds, MAX_BACKGROUNDS } from "./layer-backgrounds.ts";

const digest = (i: number) => `sha256:${((i * 24) % 0xffffff).toString(16).padStart(6, "0").padEnd(64, "0")}`;

it.each([1, 2, 25, MAX_BACKGROUNDS])(
  "gives %i layers of one hash different looks, whatever the order of images",
  (count) => {
    const columns = Array.from({ length: count }, (_, i) => [digest(i), digest((i + 1) % count)]);
    const looks = layerBackgrounds(columns);
    expect(new Set(looks.values()).size).toBe(count);
    expect(layerBackgrounds(columns.toReversed())).toEqual(looks);
  },
);

it("keeps neighbours apart when looks repeat", () => {
  const column = Array.from({ length: 3 * MAX_BACKGROUNDS }, (_, i) => digest(i));
  const looks = column.map((diffId) => layerBackgrounds([column]).get(diffId));
  for (const [i, look] of looks.entries()) expect(look).not.toBe(looks[i + 1]);
});
