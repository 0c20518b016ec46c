import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffText } from "./text-diff.ts";

const drawn = (left: string, right: string) =>
  diffText(left, right)?.lines.map(({ kind, left: from, right: to, text }) =>
    `${from}/${to} ${kind} ${text}`.trimEnd(),
  );

describe("the difference of two texts", () => {
  it("lists changed lines with their numbers on both sides", () => {
    expect(drawn("a\nb\nc\n", "a\nx\nc\nd\n")).toEqual([
      "1/1 gap",
      "1/1 same a",
      "2/0 removed b",
      "0/2 added x",
      "3/3 same c",
      "0/4 added d",
    ]);
  });

  it("has no lines for equal texts", () => {
    expect(diffText("a\n", "a\n")).toEqual({ lines: [], added: 0, removed: 0, restCount: 0 });
  });

  it("leaves out what is far from a change", () => {
    const before = Array.from({ length: 100 }, (_, i) => `line ${i}`);
    const after = before.with(50, "changed");
    expect(diffText(before.join("\n"), after.join("\n"))?.lines).toHaveLength(1 + 4 + 2 + 4);
  });

  it("gives up on texts that have nothing in common", () => {
    const lines = (letter: string) => Array.from({ length: 6000 }, (_, i) => `${letter}${i}`).join("\n");
    expect(diffText(lines("a"), lines("b"))).toBeUndefined();
  });

  it("cuts a line that is longer than a page is wide, and lists no more lines than a page has", () => {
    expect(diffText("", `${"x".repeat(5000)}\n`)?.lines[1]?.text).toHaveLength(2001);
    const many = diffText("", "x\n".repeat(3500));
    expect(many).toMatchObject({ added: 3500, restCount: 501 });
  });

  it("leads from one text to the other", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "")).map((lines) => lines.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const { lines, added, removed } = diffText(left, right)!;
        const count = (whole: string) => whole.split("\n").length;
        expect(added - removed).toBe(count(right) - count(left));
        for (const { kind, left: from, right: to, text: line } of lines) {
          if (kind === "removed" || kind === "same") expect(left.split("\n")[from - 1]).toBe(line);
          if (kind === "added" || kind === "same") expect(right.split("\n")[to - 1]).toBe(line);
        }
      }),
    );
  });
});
