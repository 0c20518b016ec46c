import { describe, expect, it } from "vitest";
import { IMAGES, listItems, OLD_LIBC, PACKAGES, SAVED_IMAGES } from "./recipe.ts";

describe("the recipe of the test data", () => {
  it("pins a version of every package that an image or an item unpacks", () => {
    const used = [
      ...IMAGES.flatMap(({ layers }) => layers.flat()),
      ...["libc6", OLD_LIBC].flatMap((libc) => Object.values(listItems(libc)).flatMap(({ packages }) => packages)),
    ];
    expect(used.filter((name) => PACKAGES[name] === undefined)).toEqual([]);
  });

  it("puts each package of an image into exactly one item of the store", () => {
    for (const { name, layers } of IMAGES) {
      const packages = layers.flat();
      const items = Object.values(listItems(packages.includes(OLD_LIBC) ? OLD_LIBC : "libc6"));
      const counts = packages.map((each) => items.filter((item) => item.packages.includes(each)).length);
      expect([name, counts]).toEqual([name, packages.map(() => 1)]);
    }
  });

  it("has no item that reaches itself: a store has no cycles", () => {
    const items = Object.entries(listItems("libc6"));
    const reaches = (from: string, to: string): boolean =>
      listItems("libc6")[from]!.references.some((each) => each === to || reaches(each, to));
    expect(items.filter(([name]) => reaches(name, name))).toEqual([]);
  });

  it("saves images that it builds", () => {
    expect(IMAGES.map(({ name }) => name)).toEqual(expect.arrayContaining(SAVED_IMAGES));
  });
});
