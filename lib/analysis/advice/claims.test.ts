import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ADVICE_CLASSES, maskOf } from "#lib/model/advice.ts";
import { naiveRest } from "#testing/oracles/naive-advice.ts";
import { ClaimList, DUPLICATES, markDuplicates, sumFreedBy } from "./claims.ts";
import { rankClasses } from "./rank-classes.ts";

const SIZES = [10, 20, 30, 40, 50];
const CLASSES = maskOf(["caches", "documentation", "locales"]);
/** Bodies of few contents and classes; equal contents have equal sizes. */
const arbitraryBodies = fc.array(
  fc.record({ mask: fc.nat().map((bits) => bits & CLASSES), content: fc.nat(SIZES.length - 1) }),
  { maxLength: 12 },
);

function claimsOf(drawn: readonly { mask: number; content: number }[]) {
  const bodies = drawn.map(({ mask, content }) => ({ mask, content, bytes: SIZES[content]! }));
  const mask = Uint16Array.from(bodies, (body) => body.mask);
  const contentId = Int32Array.from(bodies, ({ content }) => content);
  const byteCount = Float64Array.from(bodies, ({ bytes }) => bytes);
  const group = markDuplicates({ count: bodies.length, contentId, byteCount }, mask);
  const list = new ClaimList();
  for (const [i, { bytes }] of bodies.entries()) list.add({ mask: mask[i]!, bytes, layer: i % 3, entry: i }, group[i]!);
  const total = bodies.reduce((sum, { bytes }) => sum + bytes, 0);
  return { bodies, claims: list.toClaims(), total };
}
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, each) => total + each, 0);

describe("what classes claim", () => {
  it("frees what really removing it frees, for every selection", () => {
    fc.assert(
      fc.property(arbitraryBodies, fc.nat(), fc.boolean(), (drawn, bits, duplicates) => {
        const { bodies, claims, total } = claimsOf(drawn);
        const selected = bits & CLASSES;
        const freed = sum(sumFreedBy(claims, selected | (duplicates ? DUPLICATES : 0)));
        expect(total - freed).toBe(naiveRest(bodies, selected, duplicates));
      }),
      { numRuns: 2000 },
    );
  });

  it("counts each byte once: the rows' own bytes add up to what removing all frees", () => {
    fc.assert(
      fc.property(arbitraryBodies, (drawn) => {
        const { claims } = claimsOf(drawn);
        const ranked = rankClasses(claims);
        expect(sum(ranked.map(({ ownBytes }) => ownBytes))).toBe(sum(sumFreedBy(claims, 0xffff)));
        expect(ranked.every(({ bytes, ownBytes }) => ownBytes <= bytes)).toBe(true);
        const sizes = ranked.map(({ bytes }) => bytes);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      }),
      { numRuns: 1000 },
    );
  });

  it("has all bytes of a class, whatever other classes claim", () => {
    fc.assert(
      fc.property(arbitraryBodies, (drawn) => {
        const { bodies, claims } = claimsOf(drawn);
        for (const { class: name, bytes } of rankClasses(claims)) {
          const rest = naiveRest(bodies, maskOf([name]) & CLASSES, name === "duplicates");
          expect(bytes).toBe(sum(bodies.map((body) => body.bytes)) - rest);
        }
      }),
    );
  });

  it("fit into the bits of a row", () => {
    expect(maskOf(ADVICE_CLASSES)).toBeLessThan(2 ** 16);
  });
});
