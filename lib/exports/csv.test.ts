import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it("quotes what RFC 4180 says to quote and ends every line", () => {
  expect(
    toCsv(
      ["name", "bytes"],
      [
        ["a,b", 1],
        ['say "hi"', 2],
        ["none", null],
      ],
    ),
  ).toBe('name,bytes\r\n"a,b",1\r\n"say ""hi""",2\r\nnone,\r\n');
});

it("never hands a spreadsheet a formula that came from a file name", () => {
  const run = ["=HYPERLINK(1)", "+1", "-1", "@", "@SUM(1)", "@cmd|' /C calc'!A0", "@a\n(1)"];
  for (const text of run) expect(toCsv([], [[text]])).toMatch(/^\r\n"?'/);
  for (const name of ["@babel/core", "@types/node@24.1.0", "a=b", "lib-1", "x@y"]) {
    expect(toCsv([], [[name]])).toBe(`\r\n${name}\r\n`);
  }
  expect(toCsv(["delta"], [[-1]])).toBe("delta\r\n-1\r\n");
});

it("escapes what a terminal, an editor or a spreadsheet would obey", () => {
  expect(toCsv(["name"], [["two\nlines\x1b[2J\u009b\u202e"], ["\t=1"]])).toBe(
    "name\r\ntwo⟨U+000A⟩lines⟨U+001B⟩[2J⟨U+009B⟩⟨U+202E⟩\r\n⟨U+0009⟩=1\r\n",
  );
});
