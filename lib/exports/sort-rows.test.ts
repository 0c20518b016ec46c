import { expect, it } from "vitest";
import { firstRowDirection, sortRows } from "./sort-rows.ts";
import { column } from "./table.ts";

interface Row {
  readonly name: string;
  readonly bytes: number | null;
}

const ROWS: readonly Row[] = [
  { name: "b", bytes: 3 },
  { name: "a", bytes: null },
  { name: "d", bytes: 3 },
  { name: "c", bytes: 10 },
];
const BYTES = column<Row>("Size", "bytes", ({ bytes }) => bytes);
const NAMED = column<Row>("Name", "text", ({ name }) => name, { shown: ({ name }) => (name === "a" ? "z" : name) });

const names = (rows: readonly Row[]) => rows.map(({ name }) => name).join("");

it("sorts figures by their value, equal ones in the order that they had", () => {
  expect(names(sortRows(ROWS, BYTES, "desc"))).toBe("cbda");
});

it("keeps rows without a value last in both directions", () => {
  expect(names(sortRows(ROWS, BYTES, "asc"))).toBe("bdca");
});

it("sorts words by what the page shows", () => {
  expect(names(sortRows(ROWS, NAMED, "asc"))).toBe("bcda");
});

it("leaves the rows that it was given as they are", () => {
  sortRows(ROWS, NAMED, "asc");
  expect(names(ROWS)).toBe("badc");
});

it("starts with the largest figure, and the first word", () => {
  expect([BYTES, NAMED].map(firstRowDirection)).toEqual(["desc", "asc"]);
});
