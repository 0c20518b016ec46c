import { expect, it } from "vitest";
import { EarlyKeys } from "./early-keys.ts";

const PLAIN = { ctrlKey: false, metaKey: false };

function press(keys: EarlyKeys, ...names: string[]): boolean[] {
  return names.map((key) => keys.take({ key, ...PLAIN }));
}

it("keeps what is typed until the field takes the keys", () => {
  const keys = new EarlyKeys();
  expect(press(keys, "s")).toEqual([false]);
  keys.start();
  expect(press(keys, "s", "h", "x", "Backspace", "a", "Shift", "Enter")).not.toContain(false);
  expect(keys.stop()).toBe("sha");
  expect(press(keys, "2")).toEqual([false]);
  expect(keys.stop()).toBe("");
});

it("leaves combinations and Escape to their own listeners", () => {
  const keys = new EarlyKeys();
  keys.start();
  expect(keys.take({ key: "k", ...PLAIN, ctrlKey: true })).toBe(false);
  expect(press(keys, "Escape")).toEqual([false]);
  expect(keys.stop()).toBe("");
});
