import { expect, it } from "vitest";
import { FaultList } from "#lib/model/fault.ts";
import { eachLine, MAX_LINES } from "./lines.ts";

const linesOf = (text: string) => Array.from(eachLine(text, new FaultList()), (line) => line.text);

it("removes LF and CRLF, and keeps an empty last line as split does", () => {
  expect(linesOf("a\nb\r\n\n\rc\r")).toEqual(["a", "b", "", "\rc"]);
  expect(linesOf("")).toEqual([""]);
  expect(linesOf("a\n")).toEqual(["a", ""]);
});

it("counts from 1", () => {
  expect([...eachLine("x\ny", new FaultList())]).toEqual([
    { text: "x", number: 1 },
    { text: "y", number: 2 },
  ]);
});

it("ends after MAX_LINES, and reports it", () => {
  const faults = new FaultList();
  let count = 0;
  for (const _ of eachLine("\n".repeat(MAX_LINES + 5), faults)) count += 1;
  expect(count).toBe(MAX_LINES);
  expect(faults.found).toEqual([{ code: "limit-exceeded", message: "more than 4000000 lines: the rest is not read" }]);
});
