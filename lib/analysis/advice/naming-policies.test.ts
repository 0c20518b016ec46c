import { describe, expect, it } from "vitest";
import { findTwoEcosystems } from "./naming-policies.ts";

const components = (...names: readonly string[]) =>
  names.map((each) => {
    const [kind, name] = each.split(" ");
    return { kind: kind!, name: name! };
  });

describe("libraries from two ecosystems", () => {
  it.each([
    ["lodash", "node-lodash"],
    ["@rollup/plugin-json", "node-rollup-plugin-json"],
    ["JSONStream", "node-jsonstream"],
    ["array_map", "node-array-map"],
    ["lodash.merge", "node-lodash.merge"],
  ])("have the names that Debian's policy defines: %s is %s", (library, name) => {
    expect(findTwoEcosystems(components(`deb ${name}`, `npm ${library}`))).toEqual([{ packaged: [0], native: [1] }]);
  });

  it("are all instances of the library, and the packages of all architectures", () => {
    const found = findTwoEcosystems(components("npm a", "deb node-a", "npm a", "npm b", "deb node-a", "deb node-c"));
    expect(found).toEqual([{ packaged: [1, 4], native: [0, 2] }]);
  });

  it("are not those whose name only resembles a package's", () => {
    const names = [
      "deb lodash",
      "npm lodash",
      "deb libjs-jquery",
      "npm jquery",
      "apk node-ms",
      "npm ms",
      "npm node-gyp",
    ];
    expect(findTwoEcosystems(components(...names, "deb node-gyp"))).toEqual([]);
  });

  it("are not guessed where two libraries would have the package's name", () => {
    expect(findTwoEcosystems(components("deb node-a-b", "npm @a/b", "npm a-b"))).toEqual([]);
  });
});
