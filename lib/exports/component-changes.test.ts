import { describe, expect, it } from "vitest";
import type { ComponentChange } from "#lib/model/answer.ts";
import { buildChange } from "#testing/builders/answers.ts";
import { type ChangeFilter, chooseChanges, sumChanges } from "./component-changes.ts";

const rows: ComponentChange[] = [
  buildChange("same", "base-files", [50, 50]),
  { ...buildChange("changed", "libc6", [100, 130]), right: { id: "libc6", kind: "deb", version: "2.41", bytes: 130 } },
  buildChange("added", "zod", [null, 20], "npm"),
  buildChange("removed", "sqlite3", [70, null]),
];
const all: ChangeFilter = { changes: [], kinds: [], text: "", minBytes: 0, sort: "impact", direction: "desc" };
const namesOf = (filter: Partial<ChangeFilter>) => chooseChanges(rows, { ...all, ...filter }).map(({ name }) => name);

describe("chooseChanges", () => {
  it("puts the largest change of the total first, whether more or less", () => {
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

it("sums the whole difference", () => {
  const sums = sumChanges(rows);
  expect(sums.reduce((sum, { delta }) => sum + delta, 0)).toBe(rows.reduce((sum, row) => sum + row.delta, 0));
  expect(sums.map(({ change, count }) => [change, count])).toEqual([
    ["added", 1],
    ["removed", 1],
    ["changed", 1],
    ["same", 1],
  ]);
});
