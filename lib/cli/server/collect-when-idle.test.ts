import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { collectWhenIdle } from "./collect-when-idle.ts";

const CHECK_EVERY_MS = 500;

/** An unreachable object, old enough to survive small collections. */
function makeGarbage(): WeakRef<object> {
  return new WeakRef({ large: new Array(1000).fill("garbage") });
}

function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it("collects once after work, and not without work", async () => {
  const stop = collectWhenIdle({ checkEveryMs: CHECK_EVERY_MS, minWorkMs: 300, maxBusyShare: 0.5 });
  try {
    const idle = makeGarbage();
    await wait(3 * CHECK_EVERY_MS);
    expect(idle.deref(), "no work: garbage stays").toBeDefined();
    const worked = makeGarbage();
    work(400);
    await wait(3 * CHECK_EVERY_MS);
    expect(worked.deref(), "the work is over").toBeUndefined();
    const after = makeGarbage();
    await wait(3 * CHECK_EVERY_MS);
    expect(after.deref()).toBeDefined();
  } finally {
    stop();
  }
});
