import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it("quotes what RFC 4180 says to quote and ends every line", () => {
  expect(
    toCsv(
      ["name", "bytes"],
      [
        ["a,b", 1],
        ['say "hi"', 2],
        ["two\nlines", null],
      ],
    ),
  ).toBe('name,bytes\r\n"a,b",1\r\n"say ""hi""",2\r\n"two\nlines",\r\n');
});

it("never hands a spreadsheet a formula that came from a file name", () => {
  expect(toCsv(["name"], [["=HYPERLINK(1)"], ["@x"], ["-1"]])).toBe("name\r\n'=HYPERLINK(1)\r\n'@x\r\n'-1\r\n");
  expect(toCsv(["delta"], [[-1]])).toBe("delta\r\n-1\r\n");
});
