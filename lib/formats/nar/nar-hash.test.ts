import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNarHash } from "./nar-hash.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest();
const EMPTY_BASE32 = "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73";
const ABC_BASE32 = "1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s";

describe("parseNarHash", () => {
  it("reads the base 32 of `nix-hash --to-base32`", () => {
    expect(parseNarHash(`sha256:${EMPTY_BASE32}`)).toEqual(Uint8Array.from(sha256("")));
    expect(parseNarHash(`sha256:${ABC_BASE32}`)).toEqual(Uint8Array.from(sha256("abc")));
  });

  it("reads base 16, base 64 and SRI as the same bytes", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const bytes = sha256(text);
        const spelled = [bytes.toString("hex"), bytes.toString("hex").toUpperCase(), bytes.toString("base64")];
        for (const digits of spelled) expect(Buffer.compare(parseNarHash(`sha256:${digits}`)!, bytes)).toBe(0);
        expect(Buffer.compare(parseNarHash(`sha256-${bytes.toString("base64")}`)!, bytes)).toBe(0);
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["another algorithm", `sha512:${"0".repeat(128)}`],
    ["no algorithm", "0".repeat(64)],
    ["a digit short", `sha256:${"0".repeat(63)}`],
    ["a letter outside base 32", `sha256:${"e".repeat(52)}`],
    ["more than 256 bits in base 32", `sha256:${"z".repeat(52)}`],
    ["SRI in base 16", `sha256-${"0".repeat(64)}`],
  ])("does not read %s as SHA-256", (_, text) => {
    expect(parseNarHash(text)).toBeUndefined();
  });
});
