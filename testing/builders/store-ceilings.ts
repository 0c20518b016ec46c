import type { CeilingCase } from "./ceiling-case.ts";
import { writeStreamedLayout } from "./stream-layout.ts";

const MIB = 1024 ** 2;
const ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";
const list = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));

/** A hash part made from a number. */
function hashPart(number: number): string {
  const digits = [...number.toString(32)].map((digit) => ALPHABET[Number.parseInt(digit, 32)]);
  return digits.join("").padStart(32, "z");
}

const item = (i: number) => `nix/store/${hashPart(i)}-item${i}`;
const lines = (count: number) => list(count, hashPart).join("\n");

/** The limits of store items in an image. */
export const STORE_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "1,000 store items that all refer to each other, with 130,000 texts like hash parts, and a derivation of over a MiB",
    limits: [
      "ingest/layers/documents.ts MAX_DERIVATION_BYTES",
      "ingest/layers/reference-reader.ts MAX_HASH_PARTS_PER_LAYER",
      "ingest/layers/reference-reader.ts MAX_INNER_HASH_PARTS_PER_LAYER",
      "ingest/layers/reference-reader.ts MAX_INNER_WINDOWS_PER_LAYER",
      "ingest/layers/reference-reader.ts MAX_REFERENCES_PER_LAYER",
    ],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          { path: `${item(1)}/all`, body: lines(130_000) },
          { path: `${item(1)}/run`, body: list(6_000, hashPart).join("") },
          { path: `${item(1)}/again`, body: ALPHABET.repeat(MIB / 16) },
          { path: `${item(1)}/more`, body: lines(140_000).slice(-1_000_000) },
          { path: `nix/store/${hashPart(5000)}-a.drv`, body: `Derive([],[],[${" ".repeat(MIB)}],"` },
          ...list(1000, (i) => ({ path: `${item(i)}/all`, body: lines(1000) })),
        ],
      ]),
    status: 0,
    says: /too many texts that look like one/,
  },
];
