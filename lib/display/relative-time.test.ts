import { expect, it } from "vitest";
import { relativeTime } from "./relative-time.ts";

it.each([
  [30, "just now"],
  [61, "1 minute ago"],
  [3 * 3600, "3 hours ago"],
  [2 * 86_400, "2 days ago"],
  [70 * 86_400, "2 months ago"],
  [800 * 86_400, "2 years ago"],
])("says %d seconds ago as %s", (seconds, text) => expect(relativeTime(0, seconds * 1000)).toBe(text));

it("says what is to come", () => {
  expect(relativeTime(2 * 3600 * 1000, 0)).toBe("in 2 hours");
  expect(relativeTime(86_400 * 1000, 0)).toBe("in 1 day");
});
