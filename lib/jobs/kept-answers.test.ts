import { expect, it } from "vitest";
import { InputError, QuotaError, UsageError } from "#lib/model/problem.ts";
import { KeptAnswers, newKeptState } from "./kept-answers.ts";

const WORDS = { busy: "busy", cannot: "It cannot be" };
const openAnswers = (state = newKeptState<{ readonly of: string }>(2)) => new KeptAnswers({ state, ...WORDS });

it("computes an answer once, however many ask for it, and keeps it", async () => {
  const answers = openAnswers();
  let count = 0;
  const load = () => answers.load("a", async () => ({ of: `a ${++count}` }));
  expect(await Promise.all([load(), load()])).toEqual([{ of: "a 1" }, { of: "a 1" }]);
  expect(await load()).toEqual({ of: "a 1" });
  expect([answers.get("a"), answers.get("b")]).toEqual([{ of: "a 1" }, undefined]);
});

it("refuses a third answer while two are computed, and accepts it afterwards", async () => {
  const answers = openAnswers();
  const held = Promise.withResolvers<void>();
  const slow = ["a", "b"].map((of) => answers.load(of, () => held.promise.then(() => ({ of }))));
  await expect(answers.load("c", async () => ({ of: "c" }))).rejects.toThrow(QuotaError);
  held.resolve();
  await Promise.all(slow);
  expect(await answers.load("c", async () => ({ of: "c" }))).toEqual({ of: "c" });
});

it("gives the reason in one line, and tries again the next time", async () => {
  const answers = openAnswers();
  const fail = (error: unknown) => answers.load("a", () => Promise.reject(error));
  await expect(fail(new InputError("bad-tar", "x", "no tar"))).rejects.toThrow(/^It cannot be: .*no tar$/);
  await expect(fail(new DOMException("", "TimeoutError"))).rejects.toThrow(UsageError);
  await expect(fail(new TypeError("a fault of ours"))).rejects.toThrow(TypeError);
  expect(await answers.load("a", async () => ({ of: "a" }))).toEqual({ of: "a" });
});

it("shares what is known and what is being computed with another one of the same state", async () => {
  const state = newKeptState<{ readonly of: string }>(2);
  const [page, route] = [openAnswers(state), openAnswers(state)];
  const computed = route.load("a", async () => ({ of: "a" }));
  expect(await page.load("a", () => Promise.reject(new TypeError("computed twice")))).toEqual({ of: "a" });
  expect([await computed, page.get("a")]).toEqual([{ of: "a" }, { of: "a" }]);
});
