import fc from "fast-check";
import { expect, it } from "vitest";
import { isOperation, MAX_RICH_DEPTH, MAX_RICH_LENGTH, parseRich, type RichDependency } from "./rich.ts";

/** The parsed form as text: `if(a, b)`. */
function show(part: RichDependency | undefined): string {
  if (part === undefined) return "none";
  if (isOperation(part)) return `${part.operation}(${part.parts.map(show).join(", ")})`;
  return part.sense === 0 ? part.name : `${part.name}:${part.sense}:${part.version}`;
}

it.each([
  ["(a or b)", "or(a, b)"],
  ["(a and b and c)", "and(a, b, c)"],
  ["(a >= 1:2-3 if b)", "if(a:12:1:2-3, b)"],
  ["(a if b else c)", "if(a, b, c)"],
  ["(a unless b else c)", "unless(a, b, c)"],
  ["(a with b < 2)", "with(a, b:2:2)"],
  ["((a or b) if (c and d))", "if(or(a, b), and(c, d))"],
  ["(libc.so.6(GLIBC_2.4)(64bit) or musl)", "or(libc.so.6(GLIBC_2.4)(64bit), musl)"],
  ["(python3dist(x) with python(abi) = 3.12)", "with(python3dist(x), python(abi):8:3.12)"],
  ["(a)", "a"],
  ["(a or b", "none"],
  ["(a or)", "none"],
  ["(a or b) c", "none"],
  ["(a or b and c)", "none"],
  ["(a if b if c)", "none"],
  ["(a else b)", "none"],
  ["a or b", "none"],
  ["()", "none"],
  ["(a >=)", "none"],
  [`${"(".repeat(MAX_RICH_DEPTH + 2)}a${")".repeat(MAX_RICH_DEPTH + 2)}`, "none"],
  [`(a or ${"b".repeat(MAX_RICH_LENGTH)})`, "none"],
])("%s", (text, expected) => expect(show(parseRich(text))).toBe(expected));

it("no text makes it throw", () => {
  const piece = fc.constantFrom("(", ")", " ", "a", "and", "or", "if", "else", "with", ">=", "1", "unless", "without");
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => void show(parseRich(`(${pieces.join(" ")}`))));
});
