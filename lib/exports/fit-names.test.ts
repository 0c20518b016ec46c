import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitName, fitNames } from "./fit-names.ts";

describe("a name in a small space", () => {
  it("keeps its beginning and its tag", () => {
    expect(fitName("registry.example/team/service:1.2.3", 15)).toBe("registr…e:1.2.3");
    expect(fitName("short", 5)).toBe("short");
  });

  it("never has more letters than fit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (name, letters) => {
        expect([...fitName(name, letters)].length).toBeLessThanOrEqual(letters);
      }),
    );
  });
});

describe("numbered names that do not all fit", () => {
  const names = Array.from({ length: 32 }, (_, i) => `image-${i}`);

  it("are all listed if there is room", () => {
    expect(fitNames(["one", "two"], 13)).toEqual(["1 one", "2 two"]);
  });

  it("are listed up to the limit, and the others counted", () => {
    expect(fitNames(names, 47)).toEqual(["1 image-0", "2 image-1", "3 image-2", "and 29 more"]);
    expect(fitNames(names, 46)).toEqual(["1 image-0", "2 image-1", "and 30 more"]);
    expect(fitNames(names, 5)).toEqual(["1 image-0", "and 31 more"]);
    expect(fitNames(["a name without an end"], 5)).toEqual(["1 a name without an end"]);
  });
});
