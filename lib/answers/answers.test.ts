import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const FOLDER = import.meta.dirname;

it("lists every question on the page of this folder", () => {
  const found = globSync("**/*.ts", { cwd: FOLDER }).flatMap((file) => {
    const text = readFileSync(join(FOLDER, file), "utf8");
    return Array.from(text.matchAll(/^export (?:async )?function (answer\w+)/gm), ([, name]) => `${name} ${file}`);
  });
  const page = readFileSync(join(FOLDER, "README.md"), "utf8");
  const listed = Array.from(page.matchAll(/\| `(answer\w+)` *\| `([^`]+)`/g), ([, name, file]) => `${name} ${file}`);
  expect(listed.sort()).toEqual(found.sort());
});
