import { describe, expect, it } from "vitest";
import type { ComponentChange } from "#lib/model/answer.ts";
import { type ChangeFilter, chooseChanges, deltaOf, sumChanges } from "./component-changes.ts";

const version = (text: string, bytes: number) => ({ id: `pkg:deb/x@${text}`, version: text, bytes });
const rows: ComponentChange[] = [
  { change: "same", kind: "deb", name: "base-files", left: version("1", 50), right: version("1", 50) },
  { change: "changed", kind: "deb", name: "libc6", left: version("2.36", 100), right: version("2.41", 130) },
  { change: "added", kind: "npm", name: "zod", left: null, right: version("4", 20) },
  { change: "removed", kind: "deb", name: "sqlite3", left: version("3", 70), right: null },
];
const all: ChangeFilter = { changes: [], kinds: [], text: "", leastBytes: 0, sort: "impact", direction: "desc" };
const namesOf = (filter: Partial<ChangeFilter>) => chooseChanges(rows, { ...all, ...filter }).map(({ name }) => name);

describe("chooseChanges", () => {
  it("puts what moves the total most first, whichever way it moves it", () => {
    expect(namesOf({})).toEqual(["sqlite3", "libc6", "zod", "base-files"]);
  });

  it("filters by change, kind and text at once", () => {
    expect(namesOf({ changes: ["added", "removed"] })).toEqual(["sqlite3", "zod"]);
    expect(namesOf({ kinds: ["npm"] })).toEqual(["zod"]);
    expect(namesOf({ text: "2.41" })).toEqual(["libc6"]);
    expect(namesOf({ changes: ["same"], kinds: ["npm"] })).toEqual([]);
  });

  it("sorts the other way round when asked", () => {
    expect(namesOf({ sort: "delta", direction: "asc" })).toEqual(["sqlite3", "base-files", "zod", "libc6"]);
  });
});

it("sums that tell the whole difference", () => {
  const sums = sumChanges(rows);
  expect(sums.reduce((sum, { delta }) => sum + delta, 0)).toBe(rows.reduce((sum, row) => sum + deltaOf(row), 0));
  expect(sums.map(({ change, count }) => [change, count])).toEqual([
    ["added", 1],
    ["removed", 1],
    ["changed", 1],
    ["same", 1],
  ]);
});
