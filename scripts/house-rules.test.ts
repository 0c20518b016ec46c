import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const CHECKOUT = join(import.meta.dirname, "..");
const PRODUCT = ["lib/**/*.ts", "app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "bin/*.mjs"];

/** What only one folder may do; import rules cannot check it. */
const RULES = [{ what: "SQL", sign: /\.query\s*[<(]/, planted: "db.query<Row>(`SELECT 1`)", room: "lib/db/" }];

describe("the house", () => {
  it.each(RULES)("keeps $what in $room", ({ sign, planted, room }) => {
    const files = globSync(PRODUCT, { cwd: CHECKOUT }).filter((path) => !/\.test\.tsx?$/.test(path));
    const found = files.filter((path) => sign.test(readFileSync(join(CHECKOUT, path), "utf8")));
    expect(sign.test(planted)).toBe(true);
    expect(found.some((path) => path.startsWith(room))).toBe(true);
    expect(found.filter((path) => !path.startsWith(room))).toEqual([]);
  });
});
