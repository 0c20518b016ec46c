import { expect, it } from "vitest";
import { shortDigest, splitStorePath } from "./short-digest.ts";

it("shows twelve hex digits, with or without the algorithm", () => {
  expect(shortDigest(`sha256:${"0123456789abcdef".repeat(4)}`)).toBe("0123456789ab");
  expect(shortDigest("0123456789abcdef")).toBe("0123456789ab");
});

it("splits a store path so that its hash can be dimmed, and leaves other text alone", () => {
  const hash = "abcdfghijklmnpqrsvwxyz0123456789";
  expect(splitStorePath(`/gnu/store/${hash}-glibc-2.39`)).toEqual({ dir: "/gnu/store/", hash, name: "glibc-2.39" });
  expect(splitStorePath("pkg:deb/debian/libc6@2.41")).toBeUndefined();
  expect(splitStorePath("/nix/store/short-glibc")).toBeUndefined();
});
