import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskOf } from "#lib/model/advice.ts";
import { arbitraryGraph, naiveReachable, sumOf } from "#testing/builders/graphs.ts";
import { naiveRest } from "#testing/oracles/naive-advice.ts";
import { ClaimList, DUPLICATES, markDuplicates, sumFreedBy } from "./claims.ts";
import { rankClasses } from "./rank-classes.ts";
import { claimUnneeded, markUnneeded } from "./unneeded.ts";

const SIZES = [10, 20, 30];
const UNNEEDED = maskOf(["unneeded"]);
const CACHES = maskOf(["caches"]);

/** A graph, what has to run in it, and bodies of its nodes with equal contents among them; some are a cache. */
const arbitraryImage = arbitraryGraph().chain((drawn) =>
  fc.record({
    drawn: fc.constant(drawn),
    kinds: fc.array(fc.constantFrom("deb", "npm", "unowned", "manager", "binary", "golang", "cargo"), {
      minLength: drawn.nodeCount,
      maxLength: drawn.nodeCount,
    }),
    keep: fc.uniqueArray(fc.nat(drawn.nodeCount - 1), { maxLength: 3 }),
    bodies: fc.array(
      fc.record({ node: fc.nat(drawn.nodeCount - 1), content: fc.nat(SIZES.length - 1), cache: fc.boolean() }),
      { maxLength: 20 },
    ),
  }),
);
type DrawnImage = typeof arbitraryImage extends fc.Arbitrary<infer Image> ? Image : never;

function claimsOf({ drawn, kinds, keep, bodies }: DrawnImage) {
  const mask = Uint16Array.from(bodies, ({ cache }) => (cache ? CACHES : 0));
  const contentId = Int32Array.from(bodies, ({ content }) => content);
  const byteCount = Float64Array.from(bodies, ({ content }) => SIZES[content]!);
  const group = markDuplicates({ count: bodies.length, contentId, byteCount }, mask);
  const list = new ClaimList();
  for (const [i, { node }] of bodies.entries()) {
    list.add({ mask: mask[i]!, bytes: byteCount[i]!, layer: 0, entry: i, node }, group[i]!);
  }
  const nodes = kinds.map((kind) => ({ kind }));
  return claimUnneeded(list.toClaims(), markUnneeded(nodes, drawn.graph, Int32Array.from(keep)));
}

/** The bodies as they are without classes: what stays follows from sweeps over the list of edges. */
function naiveBodies({ drawn, kinds, keep, bodies }: DrawnImage) {
  const needed = naiveReachable(drawn, keep);
  return bodies.map(({ node, content, cache }) => {
    const unneeded = !needed.has(node) && !["unowned", "manager", "binary", "golang", "cargo"].includes(kinds[node]!);
    return { mask: (unneeded ? UNNEEDED : 0) | (cache ? CACHES : 0), content, bytes: SIZES[content]! };
  });
}
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, each) => total + each, 0);

describe("what has to run", () => {
  it("frees the bodies of all components that it does not need, with any other classes", () => {
    fc.assert(
      fc.property(arbitraryImage, fc.boolean(), fc.boolean(), (image, caches, duplicates) => {
        const claims = claimsOf(image);
        const bodies = naiveBodies(image);
        const selected = UNNEEDED | (caches ? CACHES : 0);
        const freed = sum(sumFreedBy(claims, selected | (duplicates ? DUPLICATES : 0)));
        expect(sum(claims.bytes) - freed).toBe(naiveRest(bodies, selected, duplicates));
      }),
      { numRuns: 2000 },
    );
  });

  it("is a row like others: each byte counts once", () => {
    fc.assert(
      fc.property(arbitraryImage, (image) => {
        const claims = claimsOf(image);
        const ranked = rankClasses(claims);
        expect(sum(ranked.map(({ ownBytes }) => ownBytes))).toBe(sum(sumFreedBy(claims, 0xffff)));
        const found = ranked.find((each) => each.class === "unneeded")?.bytes ?? 0;
        expect(found).toBe(sum(naiveBodies(image).map(({ mask, bytes }) => (mask & UNNEEDED ? bytes : 0))));
      }),
      { numRuns: 1000 },
    );
  });

  it("has, with the sizes of nodes, what a walk from it does not reach", () => {
    fc.assert(
      fc.property(arbitraryGraph(), fc.nat(), (drawn, pick) => {
        const keep = [pick % drawn.nodeCount];
        const nodes = Array.from({ length: drawn.nodeCount }, () => ({ kind: "deb" }));
        const unneeded = markUnneeded(nodes, drawn.graph, Int32Array.from(keep));
        const rest = sumOf(naiveReachable(drawn, keep), drawn.weights);
        expect(sum(drawn.weights) - sum(drawn.weights.filter((_, node) => unneeded[node] === 1))).toBe(rest);
      }),
    );
  });
});
