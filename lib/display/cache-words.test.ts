import { expect, it } from "vitest";
import type { CacheAnswer, CachePair, HitRung, RungHits } from "#lib/model/cache-hits.ts";
import { hitsSentence } from "./cache-words.ts";

const hits = (rung: HitRung, ratio: number | null): RungHits => {
  const part = { hitBytes: null, totalBytes: null, ratio };
  return { rung, building: part, pulling: part, estimated: false, pullEstimated: false };
};
const version = (name: string) => ({ id: name, name });
const pair = (before: string, after: string): CachePair => {
  const rebuilt = { steps: 0, contentSize: 0, sameBytes: 0, downloadSize: null };
  return { before: version(before), after: version(after), steps: [], firstMiss: null, rebuilt, hits: [] };
};
const answer = (pairs: readonly CachePair[], chain: number | null, file: number | null): CacheAnswer => {
  return { versions: [], pairs, hits: [hits("chain", chain), hits("file", file)] };
};

it("says what one build takes from the cache, and what it could", () => {
  expect(hitsSentence(answer([pair("app:1", "app:2")], 0.784, 1))).toBe(
    "A build of app:2 takes 78.4% of its content from the cache of app:1; 100% of it is in files that were there before.",
  );
});

it("sums up several builds", () => {
  expect(hitsSentence(answer([pair("1", "2"), pair("2", "3")], 0, 0.5))).toBe(
    "These 2 builds take 0% of their content from the cache; 50.0% of it is in files that the previous version has.",
  );
});

it("says nothing of what is not known", () => {
  expect(hitsSentence(answer([pair("1", "2")], null, 1))).toBe("");
  expect(hitsSentence(answer([], 1, 1))).toBe("");
});
