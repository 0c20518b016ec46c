import { expect, it } from "vitest";
import { cutName, textWidth } from "./name-text.ts";

const FONT = 10;

it.each([
  ["@angular/compiler-cli", "@…/compiler-cli"],
  ["org.apache.maven/maven-core", "…/maven-core"],
  ["github.com/example/tool/v2", "…/tool/v2"],
  ["org.apache.httpcomponents/httpasyncclient-cache", "…/httpasynccli…"],
  ["a/b", "a/b"],
  ["org.example/x", "org.example/x"],
  ["a-name-that-is-too-long", "a-name-that-is…"],
])("a name that is too long is cut in front of what tells it apart: %s", (name, expected) => {
  const cut = cutName(name, FONT, 85);
  expect(cut).toBe(expected);
  expect(textWidth(cut, FONT)).toBeLessThanOrEqual(85);
});
