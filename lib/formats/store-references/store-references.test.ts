import fc from "fast-check";
import { expect, it } from "vitest";
import {
  condenseDerivation,
  findHashParts,
  HashPartScanner,
  parseDerivation,
  readReferences,
  writeReferences,
} from "./index.ts";

const ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";
const HASH = "s66mzxpvicwk07gjbjfw9izjfa797vsw";

/** Nix's own rule, literally (`references.cc`): all 32 characters, at each position. */
function naiveHashParts(bytes: Uint8Array): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at + 32 <= bytes.length; at++) {
    const window = Buffer.from(bytes.subarray(at, at + 32)).toString("latin1");
    if ([...window].every((letter) => ALPHABET.includes(letter))) found.add(window);
  }
  return found;
}

function scan(pieces: readonly Uint8Array[]): { all: Set<string>; inner: Set<string> } {
  const [all, inner] = [new Set<string>(), new Set<string>()];
  const scanner = new HashPartScanner((hashPart, isInner) => {
    all.add(hashPart);
    if (isInner) inner.add(hashPart);
  });
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return { all, inner };
}

const scanText = (text: string) => scan([Buffer.from(text)]);

const letters = fc.string({ unit: fc.constantFrom(...ALPHABET, "0", "a", "z"), minLength: 28, maxLength: 40 });
const between = fc.constantFrom("", "-", "/", "e", "\0", "/nix/store/", "-glibc-2.40/lib", "é");
const texts = fc.array(fc.tuple(between, letters), { maxLength: 6 }).map((parts) => parts.flat().join(""));

it("finds every window that Nix would look at, however the file is cut into pieces", () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(80), { maxLength: 8 }), (text, lengths) => {
      const bytes = Buffer.from(text);
      const pieces: Uint8Array[] = [];
      let at = 0;
      for (const length of lengths) {
        pieces.push(bytes.subarray(at, at + length));
        at += length;
      }
      pieces.push(bytes.subarray(at));
      const expected = naiveHashParts(bytes);
      const found = scan(pieces);
      expect(found).toEqual(scan([bytes]));
      expect(found.all).toEqual(expected);
      expect(new Set(findHashParts(bytes.toString("latin1")))).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

it("tells what stands alone, or has a dash after it, from the inside of a longer run", () => {
  expect(scanText(`/nix/store/${HASH}-hello`).inner.size).toBe(0);
  expect(scanText(HASH).inner.size).toBe(0);
  const { all, inner } = scanText(`x${HASH}-hello 0${HASH}`);
  expect([all.size, inner.size]).toEqual([4 - 1, 3]);
});

it("begins each file anew", () => {
  const found: string[] = [];
  const scanner = new HashPartScanner((hashPart) => void found.push(hashPart));
  for (const piece of [HASH.slice(0, 20), HASH.slice(20)]) {
    scanner.push(Buffer.from(piece));
    scanner.end();
  }
  expect(found).toEqual([]);
});

it("a layer's table is read as it was written", () => {
  const other = `${HASH.slice(1)}0`;
  const bytes = writeReferences({ hashParts: [HASH, other], rows: [3, 70_000], start: [0, 2, 3], parts: [0, 1, 1] });
  const table = readReferences(bytes)!;
  expect([3, 70_000, 4].map((row) => table.of(row))).toEqual([[HASH, other], [other], []]);
  for (let length = 0; length < bytes.length; length++)
    expect(readReferences(bytes.subarray(0, length))).toBeUndefined();
  expect(readReferences(Uint8Array.from([...bytes.subarray(0, 40), 9, ...bytes.subarray(41)]))).toBeUndefined();
});

it.each([
  [
    "both lists",
    `[("${HASH.replace("s", "1")}.drv",["dev","out"]),("${HASH.replace("s", "2")}",["out"])],["/gnu/store/${HASH.replace("s", "3")}-x"]`,
    3,
  ],
  ["no source", `[("${HASH.replace("s", "1")}.drv",["out"])],[]`, 1],
  ["no derivation", `[],["${HASH.replace("s", "3")}-x"]`, 1],
  ["neither", "[],[]", 0],
])("a derivation with %s refers to them, and not to outputs", (_, lists, count) => {
  const body = Buffer.from(
    `Derive([("out","/nix/store/${HASH}-a","","")],${lists},"x86_64-linux","/bin/sh",["a"],[("out","${HASH}")])`,
  );
  const found = parseDerivation(body)!;
  expect([found.length, found.includes(HASH)]).toEqual([count, false]);
  const condensed = condenseDerivation(body);
  expect([parseDerivation(condensed), Buffer.from(condensed).toString().endsWith('],"')]).toEqual([found, true]);
});

it("other files are no derivations", () => {
  for (const text of ["", "Derive(", 'Derive([("out","x")],[],', "],[],["])
    expect(parseDerivation(Buffer.from(text))).toBeUndefined();
});
