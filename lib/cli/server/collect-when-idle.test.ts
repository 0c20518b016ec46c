import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { collectWhenIdle } from "./collect-when-idle.ts";

const LOOK_EVERY_MS = 500;

/** Something that nobody holds any more, old enough to be left alone by small collections. */
function makeGarbage(): WeakRef<object> {
  return new WeakRef({ large: new Array(1000).fill("garbage") });
}

function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it("collects once after work, when it is over, and not while nothing was done", async () => {
  const stop = collectWhenIdle({ lookEveryMs: LOOK_EVERY_MS, worthMs: 300, idleShare: 0.5 });
  try {
    const idle = makeGarbage();
    await wait(3 * LOOK_EVERY_MS);
    expect(idle.deref(), "nothing was done: what lies there may lie").toBeDefined();
    const worked = makeGarbage();
    work(400);
    await wait(3 * LOOK_EVERY_MS);
    expect(worked.deref(), "it was done, and is over").toBeUndefined();
    const after = makeGarbage();
    await wait(3 * LOOK_EVERY_MS);
    expect(after.deref()).toBeDefined();
  } finally {
    stop();
  }
});
