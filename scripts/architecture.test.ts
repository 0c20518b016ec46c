import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const CHECKOUT = join(import.meta.dirname, "..");

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module", imports: { "#lib/*": "./lib/*" } }));
  writeFileSync(join(project, "tsconfig.json"), "{}");
  symlinkSync(join(CHECKOUT, "node_modules"), join(project, "node_modules"));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** The names of the rules that a small project of the planted files breaks. */
function findBroken(): string[] {
  const cruiser = join(CHECKOUT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const words = [cruiser, "--config", join(CHECKOUT, ".dependency-cruiser.cjs"), "--output-type", "json", "."];
  const { stdout } = spawnSync(process.execPath, words, { cwd: project, encoding: "utf8", maxBuffer: 1 << 26 });
  const violations: { rule: { name: string } }[] = JSON.parse(stdout).summary.violations;
  return [...new Set(violations.map(({ rule }) => rule.name))].sort();
}

describe("the import rules", () => {
  it("see every way of importing, types and aliases included", () => {
    plant("lib/db/load.ts", "export const one = 1; export type One = 1;");
    for (const [name, statement] of [
      ["alias", `import { one } from "#lib/db/load.ts"; export const two = one;`],
      ["relative", `export { one } from "../db/load.ts";`],
      ["dynamic", `export const two = import("#lib/db/load.ts");`],
      ["type", `import type { One } from "#lib/db/load.ts"; export type Two = One;`],
    ]) {
      plant("lib/model/planted.ts", statement!);
      expect([name, findBroken()]).toEqual([name, ["model-imports"]]);
    }
  });

  it("keep files and sockets out of the pure folders", () => {
    plant("lib/formats/tar/planted.ts", `import { readFileSync } from "node:fs"; export const read = readFileSync;`);
    expect(findBroken()).toEqual(["pure-core-does-no-io"]);
  });

  it("let a component import the type of a view but not its loader", () => {
    plant("lib/views/home.ts", "export const load = 1; export type Home = 1;");
    plant("components/home/card.tsx", `import type { Home } from "#lib/views/home.ts"; export type Card = Home;`);
    expect(findBroken()).toEqual([]);
    plant("components/home/card.tsx", `import { load } from "#lib/views/home.ts"; export const card = <p>{load}</p>;`);
    expect(findBroken()).toEqual(["components-know-only-the-shape-of-a-view"]);
  });

  it("find circles", () => {
    plant("lib/model/one.ts", `import { two } from "./two.ts"; export const one = () => two;`);
    plant("lib/model/two.ts", `import { one } from "./one.ts"; export const two = () => one;`);
    expect(findBroken()).toEqual(["no-cycles"]);
  });

  it("allow what the design allows", () => {
    plant("lib/model/digest.ts", "export const one = 1;");
    plant("lib/ingest/planted.ts", `import { one } from "#lib/model/digest.ts"; export const two = one;`);
    expect(findBroken()).toEqual([]);
  });
});
