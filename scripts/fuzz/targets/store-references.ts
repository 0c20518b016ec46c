import assert from "node:assert/strict";
import {
  condenseDerivation,
  findHashParts,
  HashPartScanner,
  parseDerivation,
  readReferences,
  writeReferences,
} from "#lib/formats/store-references/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { toText } from "../hold.ts";

const HASH_PART = "s66mzxpvicwk07gjbjfw9izjfa797vsw";

function scan(pieces: readonly Uint8Array[]): string[] {
  const found: string[] = [];
  const scanner = new HashPartScanner((hashPart) => void found.push(hashPart));
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return found;
}

/** A file has the same hash parts in any pieces, and those of its text. */
function checkHashParts(input: Uint8Array): void {
  const found = scan([input]);
  const half = input.length >> 1;
  assert.deepEqual(scan([input.subarray(0, half), input.subarray(half)]), found);
  assert.deepEqual(scan(Array.from(input, (byte) => Uint8Array.of(byte))), found);
  assert.deepEqual(new Set(findHashParts(Buffer.from(input).toString("latin1"))), new Set(found));
}

/** What is kept of a derivation has all that it refers to. */
function checkDerivation(input: Uint8Array): void {
  const condensed = condenseDerivation(input);
  assert.ok(condensed.length <= input.length);
  assert.deepEqual(parseDerivation(condensed), parseDerivation(input));
}

/** A table, or none: whatever it has, each of its hash parts has 32 characters. */
function checkTable(input: Uint8Array): void {
  const table = readReferences(input);
  for (let row = 0; table !== undefined && row < 8; row++)
    for (const hashPart of table.of(row)) assert.equal(hashPart.length, 32);
  const hashParts = findHashParts(toText(input));
  const parts = hashParts.map((_, i) => i);
  const written = writeReferences({ hashParts, rows: [7], start: [0, parts.length], parts });
  assert.deepEqual(readReferences(written)?.of(7), hashParts);
}

export const STORE_REFERENCE_TARGETS: readonly FuzzTarget[] = [
  {
    name: "hash-parts",
    maxLength: 256,
    check: checkHashParts,
    dictionary: [HASH_PART, `/nix/store/${HASH_PART}-`, "-", "e"],
    seeds: [`/nix/store/${HASH_PART}-glibc/lib:${HASH_PART}0`, `${HASH_PART}${HASH_PART}`],
  },
  {
    name: "derivation",
    maxLength: 1024,
    check: checkDerivation,
    dictionary: ["],[", '],"', "Derive([", HASH_PART],
    seeds: [
      `Derive([("out","/nix/store/${HASH_PART}-a","","")],[("/nix/store/${HASH_PART}-b.drv",["out"])],["/x/${HASH_PART}-c"],"x","/bin/sh",[],[])`,
    ],
  },
  {
    name: "reference-table",
    maxLength: 256,
    check: checkTable,
    dictionary: ["SGr1", "\x01\0\0\0", HASH_PART],
    seeds: [`SGr1\x01\0\0\0\x01\0\0\0\x01\0\0\0\x03\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0${HASH_PART}`],
  },
];
