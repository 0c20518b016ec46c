import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { Turnstile } from "./turnstile.ts";

it("lets a limited number in at once, and the others in order of arrival", async () => {
  const turnstile = new Turnstile({ atOnce: 3 });
  const order: number[] = [];
  let [inside, most] = [0, 0];
  const visit = async (i: number) => {
    const leave = await turnstile.enter();
    order.push(i);
    inside += 1;
    most = Math.max(most, inside);
    await wait(1);
    inside -= 1;
    leave?.();
    leave?.();
  };
  const all = [...Array(40).keys()];
  await Promise.all(all.map(visit));
  expect(order).toEqual(all);
  expect(most).toBe(3);
  // All have left: as many may enter again.
  await Promise.all(all.map(visit));
  expect(most).toBe(3);
});

it("rejects a request if too many wait already", async () => {
  const turnstile = new Turnstile({ atOnce: 1, waiting: 1 });
  const leave = await turnstile.enter();
  const second = turnstile.enter();
  expect(await turnstile.enter()).toBeUndefined();
  leave?.();
  (await second)?.();
  expect(await turnstile.enter()).toBeDefined();
});

it("passes the place of a request that stays too long to the next", async () => {
  const turnstile = new Turnstile({ atOnce: 1, stayMs: 20 });
  const slow = await turnstile.enter();
  const next = await turnstile.enter();
  // The slow one leaves at last: its place is not passed on twice.
  slow?.();
  const third = turnstile.enter();
  const first = await Promise.race([third.then(() => "third"), wait(5).then(() => "still waiting")]);
  expect(first).toBe("still waiting");
  next?.();
  expect(await third).toBeDefined();
});
