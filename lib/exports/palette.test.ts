import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DARK, LIGHT } from "./palette.ts";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

function customProperties(selector: string): Map<string, string> {
  const block = new RegExp(`^\\${selector} \\{$(.*?)^\\}$`, "ms").exec(css)?.[1] ?? "";
  return new Map([...block.matchAll(/--([a-z0-9-]+): ([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

it.each([
  [":root", LIGHT],
  [".dark", DARK],
] as const)("exports and link pictures have the colours of the pages: %s", (selector, palette) => {
  const pages = customProperties(selector);
  const expected = Object.keys(palette).map((name) => [name, pages.get(name)]);
  expect(Object.entries(palette)).toEqual(expected);
});
