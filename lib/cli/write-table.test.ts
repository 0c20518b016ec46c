import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { column, NAME, toTable } from "#lib/exports/table.ts";
import { writeTable } from "./write-table.ts";

const rows = [
  { name: "registry.example/team/worker:1", path: "/usr/lib/x86_64-linux-gnu/libssl.so", bytes: 2048 },
  { name: "web", path: "/etc", bytes: 3 },
];
const columns = [
  column<(typeof rows)[number]>("Bytes", "bytes", ({ bytes }) => bytes),
  NAME,
  column<(typeof rows)[number]>("Path", "path", ({ path }) => path),
];

function print(width: number | undefined, total?: number, limit?: number): string[] {
  const chunks: string[] = [];
  const out = new Writable({ write: (chunk, _, done) => done(void chunks.push(String(chunk))) });
  writeTable({ out, err: out, watched: false, width }, toTable("", columns, rows, total), limit);
  return chunks.join("").trimEnd().split("\n");
}

describe("a table on a terminal", () => {
  it("has the declared heads over aligned columns, numbers to the right", () => {
    expect(print(undefined)).toEqual([
      "  Bytes  Name                            Path",
      "2.0 KiB  registry.example/team/worker:1  /usr/lib/x86_64-linux-gnu/libssl.so",
      "    3 B  web                             /etc",
    ]);
  });

  it("takes from the widest column of words until it fits, and never from numbers", () => {
    for (const width of [80, 60, 40, 35]) {
      const lines = print(width);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
      expect(lines[1]).toMatch(/^2\.0 KiB {2}regis.*\.so$/);
    }
  });

  it("stays readable where even that is too wide", () => {
    expect(print(10)[1]).toBe("2.0 KiB  regist…ker:1  /usr/l…sl.so");
  });

  it("counts the rows that it or the answer left out, and says how to see them", () => {
    expect(print(undefined, 2, 1).at(-1)).toBe("… 1 more row; --json has all");
    expect(print(undefined, 1204).at(-1)).toBe("… 1,202 more rows; --limit 1204 shows all");
  });
});
