import { expect, it } from "vitest";
import { counted, countedList } from "./counted.ts";

it("counts in words, with the plural that a noun has", () => {
  expect([counted(1, "link"), counted(2, "link"), counted(3707, "entry", "entries")]).toEqual([
    "1 link",
    "2 links",
    "3,707 entries",
  ]);
});

it("lists only what there is", () => {
  expect(
    countedList([
      [2, "link"],
      [0, "symbol"],
      [1, "entry", "entries"],
    ]),
  ).toBe("2 links, 1 entry");
  expect(countedList([[0, "link"]])).toBe("");
});
