import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeElements, mergeSetting, mergeVariable } from "./merge-settings.ts";

const word = fc.constantFrom<string>("/a", "/b", "/c", "/d", "/e");
const list = fc.uniqueArray(word);
const setting = fc.option(fc.constantFrom("1", "2", "3"), { nil: undefined });

it("a setting merges as a build on the new base would leave it", () => {
  fc.assert(
    fc.property(setting, setting, setting, (oldBase, image, newBase) => {
      const { merged, outcome } = mergeSetting("", "X", { oldBase, image, newBase });
      expect(merged).toBe(image === oldBase ? newBase : image);
      expect(outcome === "same").toBe(image === newBase);
      expect(outcome === "conflict").toBe(image !== oldBase && newBase !== oldBase && image !== newBase);
    }),
  );
});

it("a list keeps what no side removed and has what any side added, in the new base's order, once", () => {
  fc.assert(
    fc.property(list, list, list, (oldBase, image, newBase) => {
      const merged = mergeElements(oldBase, image, newBase);
      const expected = ["/a", "/b", "/c", "/d", "/e"].filter((each) => {
        const [o, i, n] = [oldBase, image, newBase].map((side) => side.includes(each));
        return o ? i && n : i || n;
      });
      expect([...merged].sort()).toEqual(expected);
      const ofBase = newBase.filter((each) => merged.includes(each));
      expect(merged.filter((each) => newBase.includes(each))).toEqual(ofBase);
    }),
  );
});

it("a list that one side left alone is the other side's", () => {
  fc.assert(
    fc.property(list, list, (base, other) => {
      expect(mergeElements(base, base, other)).toEqual(other);
      expect(mergeElements(base, other, base).toSorted()).toEqual(other.toSorted());
    }),
  );
});

it.each([
  ["OPTS", "-a", "-a -x", "-b", "-b -x", "taken"],
  ["OPTS", "-a", "-x", "-b", "-x", "conflict"],
  ["OPTS", "", "-x", "-b", "-x", "conflict"],
  ["PATH", "/a", "/x:/a", "/b", "/x:/b", "taken"],
  ["PATH", "/a", "/x:/a", "/a:/x", "/a:/x", "taken"],
])("%s %s, %s, %s → %s", (name, oldBase, image, newBase, merged, outcome) => {
  expect(mergeVariable("variable", name, { oldBase, image, newBase })).toMatchObject({ merged, outcome });
});
