import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleRuns, visibleText } from "./visible-text.ts";

describe("visibleText", () => {
  it("leaves ordinary names in any script alone", () => {
    for (const name of ["usr/lib/libc.so.6", "naïve café", "пакет", "包", "שלום", "👍"])
      expect(visibleText(name)).toBe(name);
  });

  it("shows a right-to-left override, which would turn gnp.exe into exe.png", () => {
    expect(visibleText("photo\u202Egnp.exe")).toBe("photo⟨U+202E⟩gnp.exe");
  });

  it("shows newlines, terminal escapes, zero-width spaces and language tags", () => {
    expect(visibleText("a\nb")).toBe("a⟨U+000A⟩b");
    expect(visibleText("\u001b[31mred")).toBe("⟨U+001B⟩[31mred");
    expect(visibleText("lib\u200bc")).toBe("lib⟨U+200B⟩c");
    expect(visibleText("x\u{E0041}")).toBe("x⟨U+E0041⟩");
  });

  it("shows a lone surrogate instead of handing it to the page", () => {
    expect(visibleText("\ud800")).toBe("⟨U+D800⟩");
  });

  it("lets no bidi control or control character through, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(visibleText(name)).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

it("marks the runs of hidden characters", () => {
  expect(visibleRuns("a\u202eb")).toEqual([
    { text: "a", hidden: false },
    { text: "U+202E", hidden: true },
    { text: "b", hidden: false },
  ]);
  expect(visibleRuns("")).toEqual([]);
});
