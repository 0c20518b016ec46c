import { expect, it } from "vitest";
import { shortDigest } from "./short-digest.ts";

it("shows twelve hex digits, with or without the algorithm", () => {
  expect(shortDigest(`sha256:${"0123456789abcdef".repeat(4)}`)).toBe("0123456789ab");
  expect(shortDigest("0123456789abcdef")).toBe("0123456789ab");
});
