import { expect, it } from "vitest";
import { isSamePlatform } from "./same-platform.ts";

it.each([
  ["linux/amd64", "linux/amd64", true],
  ["linux/arm64", "linux/arm64/v8", true],
  ["linux/arm/v6", "linux/arm/v7", false],
  ["linux/arm", "linux/arm/v7", true],
  ["linux/amd64", "linux/arm64", false],
  ["linux/amd64", "windows/amd64", false],
  ["linux", "linux/amd64", true],
])("%s and %s: %s", (left, right, expected) => {
  expect([isSamePlatform(left, right), isSamePlatform(right, left)]).toEqual([expected, expected]);
});
