import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openEnvironment } from "./environment.ts";
import { parseSource } from "./parse-source.ts";
import { TRANSPORTS } from "./transports.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const environment = openEnvironment({ baseDir: "/nowhere", hasStdin: true, allowed: "all" });

const toCode = (form: string) => `\`${form.replaceAll("|", "\\|")}\``;

/** Cells of the table under a heading, one line per row, without head and rule. */
function readTable(heading: string): string[][] {
  const section = README.split(`\n## ${heading}\n`)[1]!.split("\n## ")[0]!;
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("the list of transports", () => {
  it("is the table of the README, sentence by sentence", () => {
    const expected = TRANSPORTS.map(({ spellings, reads }) => [spellings.map(toCode).join(", "), reads]);
    expect(readTable("What it reads")).toEqual(expected);
  });

  it.each(TRANSPORTS)("$name: spellings, example and sentence have their form", (row) => {
    for (const form of row.spellings) expect(form.startsWith(`${row.name}:`)).toBe(true);
    expect(row.example.startsWith(`${row.name}:`)).toBe(true);
    expect(parseSource(row.example, environment).kind).toBe(row.kind);
    expect(row.reads).toMatch(/^[A-Z].*[^.]\.$/);
  });

  it("has each name once", () => {
    const names = TRANSPORTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
