import { expect, it } from "vitest";
import { splitStorePath } from "./store-path-parts.ts";

it("splits a store path so that its hash can be dimmed, and leaves other text alone", () => {
  const hash = "abcdfghijklmnpqrsvwxyz0123456789";
  expect(splitStorePath(`/gnu/store/${hash}-glibc-2.39`)).toEqual({ dir: "/gnu/store/", hash, name: "glibc-2.39" });
  expect(splitStorePath("pkg:deb/debian/libc6@2.41")).toBeUndefined();
  expect(splitStorePath("/nix/store/short-glibc")).toBeUndefined();
});
