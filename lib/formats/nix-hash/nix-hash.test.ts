import fc from "fast-check";
import { expect, it } from "vitest";
import { toBase16Hash } from "./index.ts";

// `nix hash convert` of the SHA-256 of "abc", in each of its forms (Nix, src/libutil-tests/hash.cc).
const BASE_16 = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
it.each([
  BASE_16,
  "sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s",
  "sha256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
  "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
])("%s", (text) => expect(toBase16Hash(text)).toBe(BASE_16));

it.each([
  "",
  "sha256:",
  "sha3:00",
  "sha256:ba78",
  `sha256:${"e".repeat(52)}`,
  `sha256:${"z".repeat(52)}`,
  `sha256:${"x".repeat(64)}`,
])("%s is none", (text) => expect(toBase16Hash(text)).toBeUndefined());

it("takes any text", () => {
  fc.assert(fc.property(fc.string(), (text) => toBase16Hash(`sha256:${text}`) === undefined || text.length >= 43));
});
