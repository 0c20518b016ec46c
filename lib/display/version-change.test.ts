import { expect, it } from "vitest";
import { formatVersionChange } from "./version-change.ts";

it("shows where two long versions differ", () => {
  expect(formatVersionChange("2.41-12+deb13u4", "2.41-12+deb13u5")).toBe("…deb13u4 → …deb13u5");
  expect(formatVersionChange("1:4.0.2-2+b1", "1:4.0.2-2+b2")).toBe("…b1 → …b2");
});

it("shows short ones, and ones that differ early, in full", () => {
  expect(formatVersionChange("1.13-1", "1.13-1+deb13u1")).toBe("1.13-1 → 1.13-1+deb13u1");
  expect(formatVersionChange("3.46.1", "4.0.0")).toBe("3.46.1 → 4.0.0");
});

it("shows one version if there is only one", () => {
  expect(formatVersionChange("1.2.3", "1.2.3")).toBe("1.2.3");
  expect(formatVersionChange("", "1.2.3")).toBe("1.2.3");
  expect(formatVersionChange("1.2.3", "")).toBe("1.2.3");
});
