import { describe, expect, it } from "vitest";
import { seededRandom } from "#testing/builders/graphs.ts";
import { type FileGroup, type Placement, placeGroups } from "./place-groups.ts";

const group = (name: string, bytes: number, version = 1, isVolatile = false): FileGroup => {
  return { name, bytes, isVolatile, fingerprint: `${name} ${version}` };
};

function drawGroups(random: () => number, count: number): FileGroup[] {
  return Array.from({ length: count }, (_, at) => group(`deb:p${at}`, Math.floor(random() ** 6 * 2e7) + 1));
}

const layersOf = (placement: Placement) => new Set([...placement.values()].map(({ layer }) => layer ?? "top"));
const layers = (placement: Placement) => new Map([...placement].map(([name, { layer }]) => [name, layer]));

describe("groups in layers", () => {
  it("are all placed, within the limit, whatever their order", () => {
    const random = seededRandom(1);
    for (const maxLayers of [0, 1, 2, 5, 20, 63, 126]) {
      const groups = drawGroups(random, 90);
      const placed = placeGroups(groups, maxLayers);
      expect([...placed.keys()].sort()).toEqual(groups.map(({ name }) => name).sort());
      expect(layersOf(placed).size).toBeLessThanOrEqual(Math.max(maxLayers, 1));
      expect(layers(placeGroups(groups.toReversed(), maxLayers))).toEqual(new Map([...layers(placed)].reverse()));
    }
  });

  it("have one each while there are enough, the largest ones otherwise", () => {
    const groups = [group("deb:big", 1e9), group("deb:a", 1), group("deb:b", 2), group("deb:c", 3), group("deb:d", 4)];
    expect([...layers(placeGroups(groups, 5))].every(([name, layer]) => name === layer)).toBe(true);
    const few = layers(placeGroups(groups, 4));
    expect(few.get("deb:big")).toBe("deb:big");
    expect(few.get("deb:a")).toMatch(/^shared-/);
  });

  it("are on top if they are small and change with every build", () => {
    const groups = [
      ...drawGroups(seededRandom(2), 50),
      group("unowned:etc", 5, 1, true),
      group("manager:dpkg database", 1e9, 1, true),
    ];
    const placed = layers(placeGroups(groups, 20));
    expect(placed.get("unowned:etc")).toBeUndefined();
    expect(placed.get("manager:dpkg database")).toBe("manager:dpkg database");
  });

  it("stay where they were over random updates, and the limit holds", () => {
    const random = seededRandom(3);
    let groups = drawGroups(random, 80);
    let placed = placeGroups(groups, 30);
    for (let version = 2; version < 30; version++) {
      groups = groups
        .filter(() => random() < 0.98)
        .map((each) => (random() < 0.1 ? group(each.name, Math.floor(each.bytes * 2 * random()) + 1, version) : each));
      groups.push(group(`deb:new${version}`, Math.floor(random() * 1e6)));
      const next = placeGroups(groups, 30, placed);
      expect(layersOf(next).size).toBeLessThanOrEqual(31);
      for (const [name, { layer, fingerprint }] of next) {
        const before = placed.get(name);
        if (before === undefined || before.layer === layer) continue;
        // What moves goes to the top, out of a shared layer, when it has changed anyway.
        expect([layer, before.layer?.startsWith("shared-"), before.fingerprint === fingerprint]).toEqual([
          undefined,
          true,
          false,
        ]);
      }
      placed = next;
    }
  });

  it("move to the top once they change again and again, but not out of a layer of their own", () => {
    const others = drawGroups(seededRandom(4), 50);
    const at = (version: number) => [...others, group("deb:restless", 3, version), group("deb:huge", 1e9, version)];
    const first = placeGroups(at(1), 20);
    const second = placeGroups(at(2), 20, first);
    expect(layers(second)).toEqual(layers(first));
    const third = placeGroups(at(3), 20, second);
    expect(third.get("deb:restless")).toMatchObject({ layer: undefined, seen: 3, changed: 2 });
    expect(third.get("deb:huge")!.layer).toBe("deb:huge");
  });

  it("keep their layers under a lower limit as far as it goes", () => {
    const groups = drawGroups(seededRandom(5), 60);
    const before = placeGroups(groups, 40);
    const after = placeGroups(groups, 20, before);
    expect(layersOf(after).size).toBeLessThanOrEqual(20);
    const left = new Set([...after.values()].map(({ layer }) => layer));
    const moved = groups.filter(({ name }) => before.get(name)!.layer !== after.get(name)!.layer);
    for (const { name } of moved) expect(left.has(before.get(name)!.layer)).toBe(false);
    const [heaviest] = [...groups].sort((a, b) => b.bytes - a.bytes);
    expect(moved).not.toContain(heaviest);
  });

  it("move little without a plan, if one comes or goes", () => {
    const groups = drawGroups(seededRandom(6), 200);
    const before = layers(placeGroups(groups, 40));
    const after = layers(placeGroups([...groups.slice(1), group("deb:come", 10)], 40));
    const moved = groups.slice(1).filter(({ name }) => before.get(name) !== after.get(name));
    expect(moved.length).toBeLessThan(5);
  });
});
