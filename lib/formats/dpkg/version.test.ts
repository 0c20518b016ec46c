import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDebVersions } from "./version.ts";

describe("the order of Debian versions", () => {
  // Each list ascends strictly; from deb-version(7), Debian Policy 5.6.12 and dpkg's own test suite.
  test.each([
    [["~~", "~~a", "~", "", "a"]],
    [["1.0~beta1~svn1245", "1.0~beta1", "1.0"]],
    [["1.0~rc1-1", "1.0-1", "1.0-1+b1", "1.0-1.1", "1.0+dfsg-1"]],
    [["0.9", "1:0.1", "2:0.0.1"]],
    [["2.38-9", "2.41-12", "2.41-12+deb13u5"]],
    [["9", "10", "100", "99999999999999999999", "100000000000000000000"]],
    [["1.2.3", "1.2.3a", "1.2.3b", "1.2.3+", "1.2.3.4"]],
    [["1-1", "1-1-1", "1-2-1"]],
    [["1.0-1~bpo1", "1.0-1", "1.0-1ubuntu1"]],
    [["0.0.9", "0.1", "0.1.1"]],
  ])("%j ascends", (versions) => {
    for (let i = 0; i < versions.length; i++) {
      for (let j = 0; j < versions.length; j++) {
        expect(Math.sign(compareDebVersions(versions[i]!, versions[j]!))).toBe(Math.sign(i - j));
      }
    }
  });

  test.each([
    ["0:1.0-1", "1.0-1"],
    ["1.0", "1.0-0"],
    ["1.01", "1.1"],
    ["1.0-00", "1.0-0"],
  ])("%s and %s are the same version", (a, b) => {
    expect(compareDebVersions(a, b)).toBe(0);
    expect(compareDebVersions(b, a)).toBe(0);
  });

  test("the order is total for any texts", () => {
    const version = fc.stringMatching(/^[0-9a-c.+~:-]{0,8}$/);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const sign = (x: string, y: string) => Math.sign(compareDebVersions(x, y));
        expect(sign(a, b) + sign(b, a)).toBe(0);
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
