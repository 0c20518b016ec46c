import { expect, it } from "vitest";
import { splitStatusSides } from "#lib/formats/dpkg/index.ts";
import { listRefusals, MAX_REFUSAL_CANDIDATES } from "./refusals.ts";

function refusals(...packages: readonly (readonly [name: string, version: string, ...fields: string[]])[]) {
  const text = packages
    .map(([name, version, ...fields]) => [`Package: ${name}`, `Version: ${version}`, ...fields].join("\n"))
    .join("\n\n");
  const records = splitStatusSides({ base: "", ours: text, theirs: "" })!.ours;
  return listRefusals(records).map(({ name, declaration, met }) => `${name} ${declaration}: ${met}`);
}

it("finds packages that break or conflict with an installed version", () => {
  const breaks = "Breaks: b (<< 2), c";
  expect(refusals(["a", "1", breaks], ["b", "1"])).toEqual(["a Breaks: b (<< 2): b 1"]);
  expect(refusals(["a", "1", breaks], ["b", "2"])).toEqual([]);
  expect(refusals(["a", "1", "Conflicts: c"], ["c", "9"])).toEqual(["a Conflicts: c: c 9"]);
});

it("meets a provided name: without a version only declarations without one, and never the package itself", () => {
  expect(refusals(["a", "1", "Conflicts: mta", "Provides: mta"])).toEqual([]);
  expect(refusals(["a", "1", "Conflicts: mta"], ["b", "1", "Provides: mta"])).toEqual(["a Conflicts: mta: b 1"]);
  expect(refusals(["a", "1", "Breaks: mta (<< 2)"], ["b", "1", "Provides: mta"])).toEqual([]);
  expect(refusals(["a", "1", "Breaks: mta (<< 2)"], ["b", "1", "Provides: mta (= 1)"])).toEqual([
    "a Breaks: mta (<< 2): b 1",
  ]);
});

it("stops at its limit where all packages refuse and provide one name", () => {
  const count = Math.ceil(Math.sqrt(MAX_REFUSAL_CANDIDATES)) + 100;
  const packages = Array.from({ length: count }, (_, i) => [`p${i}`, "1", "Conflicts: x", "Provides: x"] as const);
  expect(refusals(...packages).length).toBeLessThan(count);
});
