import { describe, expect, it } from "vitest";
import { labelText, shownRuns } from "./shown-text.ts";

const textOf = (text: string) =>
  shownRuns(text)
    .map((run) => run.text)
    .join("");

describe("shownRuns", () => {
  it("marks hidden characters of a name in place", () => {
    expect(shownRuns("a\u202eb")).toEqual([
      { text: "a", hidden: false },
      { text: "U+202E", hidden: true },
      { text: "b", hidden: false },
    ]);
  });

  it("marks only a few, and says how much is not shown", () => {
    const runs = shownRuns("A\u001b[2J".repeat(400_000));
    expect(runs.filter(({ hidden }) => hidden)).toHaveLength(8);
    expect(runs.at(-1)).toEqual({
      text: `… (${(2_000_000 - 8 * 5 - 1).toLocaleString("en-US")} more characters)`,
      hidden: false,
    });
    expect(textOf("\u{e0001}".repeat(20))).toMatch(/… \(24 more characters\)$/);
  });

  it("cuts a long plain text", () => {
    expect(textOf("x".repeat(5000))).toBe(`${"x".repeat(400)}… (4,600 more characters)`);
  });
});

it("a label is escaped and short, whatever the text", () => {
  expect(labelText("evil\u202egnp")).toBe("evil⟨U+202E⟩gnp");
  expect(labelText("\u001b".repeat(1_000_000)).length).toBeLessThan(250);
});
