import fc from "fast-check";
import { expect, it } from "vitest";
import { parseNarInfo } from "./index.ts";

const A = `${"a".repeat(32)}-a`;
const B = `${"b".repeat(32)}-b`;
const ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

it("reads a narinfo with several compressed files", () => {
  const text = `StorePath: /gnu/store/${A}
URL: nar/gzip/a
Compression: gzip
URL: nar/zstd/a
Compression: zstd
FileHash: sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s
FileSize: 77
NarHash: sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s
NarSize: 100
References: ${A} ${B}
Deriver: ${B}.drv
Sig: one:QUJD
Signature: 1;host;abc
`;
  expect(parseNarInfo(text, "a.narinfo")).toEqual({
    path: `/gnu/store/${A}`,
    narHash: ABC,
    narSize: 100,
    references: [`/gnu/store/${A}`, `/gnu/store/${B}`],
    deriver: `/gnu/store/${B}.drv`,
    files: [
      { url: "nar/gzip/a", compression: "gzip", fileHash: "", fileSize: undefined },
      { url: "nar/zstd/a", compression: "zstd", fileHash: ABC, fileSize: 77 },
    ],
    signatures: ["one:QUJD", "host:"],
  });
});

it("takes empty fields, and bzip2 where no compression is given", () => {
  const text = `StorePath: /nix/store/${A}\nURL: nar/a\nReferences: \nDeriver: unknown-deriver\nNarSize: 1e3\n`;
  expect(parseNarInfo(text, "a.narinfo")).toMatchObject({
    references: [],
    deriver: "",
    narSize: undefined,
    files: [{ compression: "bzip2" }],
  });
});

it("refuses any other text with its place", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseNarInfo(text, "x.narinfo")).toThrow("not a narinfo");
    }),
  );
});
