import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { jsonResponse } from "./json-response.ts";

it("escapes invisible characters, and parses to the same value", async () => {
  const value = { name: "e\u001b[2J\u009b1m\u202egnp.exe", rows: [1, null] };
  const response = jsonResponse(value);
  const text = await response.text();
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect([response.headers.get("content-type"), JSON.parse(text)]).toEqual(["application/json", value]);
});

it("is used by every route that responds with JSON", () => {
  const root = new URL("../", import.meta.url);
  const files = globSync("app/**/*.{ts,tsx}", { cwd: root }).filter((file) => !file.includes(".test."));
  const others = files.filter((file) => /\b(?:Next)?Response\.json\b/.test(readFileSync(new URL(file, root), "utf8")));
  expect(others).toEqual([]);
});
