import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { placeOf } from "./place.ts";

it("is the first 53 bits of SHA-256 over owner, NUL and path, as an exact number", () => {
  const hex = createHash("sha256").update("pkg:deb/debian/a@1\0usr/bin/a").digest("hex");
  const place = placeOf("pkg:deb/debian/a@1", "usr/bin/a");
  expect(BigInt(place)).toBe(BigInt(`0x${hex.slice(0, 16)}`) >> 11n);
  expect(Number.isSafeInteger(place)).toBe(true);
});

it("separates owner and path", () => {
  expect(placeOf("a", "bc")).not.toBe(placeOf("ab", "c"));
});
