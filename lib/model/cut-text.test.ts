import { expect, it } from "vitest";
import { cutText } from "./cut-text.ts";

it("leaves a text that fits unchanged, and says how much of a longer one is missing", () => {
  expect(cutText("four", 4)).toBe("four");
  expect(cutText("x".repeat(1_204_335), 4)).toBe("xxxx… (1,204,331 more characters)");
});

it("leaves no half of a character", () => {
  expect(cutText("ab\u{1f389}cd", 3)).toBe("ab… (4 more characters)");
  expect(cutText("ab\u{1f389}cd", 4)).toBe("ab\u{1f389}… (2 more characters)");
});
