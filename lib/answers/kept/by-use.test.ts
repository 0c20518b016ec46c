import { expect, it } from "vitest";
import { KeptByUse } from "./by-use.ts";

const load = (log: number[], id: number, weight: number) => async () => {
  log.push(id);
  return weight;
};

it("loads an artifact once, also for two simultaneous requests", async () => {
  const kept = new KeptByUse<number>(10, (weight) => weight);
  const log: number[] = [];
  await Promise.all([kept.get(1, load(log, 1, 1)), kept.get(1, load(log, 1, 1))]);
  await kept.get(1, load(log, 1, 1));
  expect(log).toEqual([1]);
});

it("drops the least recently used when the limit is passed, and never the one just loaded", async () => {
  const kept = new KeptByUse<number>(10, (weight) => weight);
  const log: number[] = [];
  for (const id of [1, 2, 1, 3]) await kept.get(id, load(log, id, 4));
  await kept.get(1, load(log, 1, 4));
  await kept.get(2, load(log, 2, 4));
  expect(log).toEqual([1, 2, 3, 2]);
  expect(await kept.get(9, load(log, 9, 99))).toBe(99);
});

it("does not cache a failure, so that the next page tries again", async () => {
  const kept = new KeptByUse<number>(10, (weight) => weight);
  await expect(kept.get(1, () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  expect(await kept.get(1, async () => 5)).toBe(5);
});

it("reloads a forgotten value, and counts its weight once", async () => {
  const kept = new KeptByUse<number>(10, (weight) => weight);
  const log: number[] = [];
  for (const id of [1, 2]) await kept.get(id, load(log, id, 4));
  kept.forget(1);
  kept.forget(7);
  for (const id of [1, 2, 1]) await kept.get(id, load(log, id, 4));
  expect(log).toEqual([1, 2, 1]);
});

it("does not count a value forgotten while it was loaded, nor lets its failure remove a newer one", async () => {
  const kept = new KeptByUse<number>(10, (weight) => weight);
  const log: number[] = [];
  const first = kept.get(1, load(log, 1, 8));
  kept.forget(1);
  await first;
  const failing = kept.get(2, () => Promise.reject(new Error("gone")));
  kept.forget(2);
  const renewed = kept.get(2, load(log, 2, 4));
  await expect(failing).rejects.toThrow("gone");
  await renewed;
  for (const id of [3, 2]) await kept.get(id, load(log, id, 4));
  expect(log, "the cached values weigh 8 of 10").toEqual([1, 2, 3]);
});
