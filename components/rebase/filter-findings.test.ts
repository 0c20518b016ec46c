import { expect, it } from "vitest";
import type { ListedFinding } from "#lib/exports/tables/rebase.ts";
import { countBy, filterFindings } from "./filter-findings.ts";

function finding(path: string, fields: Partial<ListedFinding> = {}): ListedFinding {
  return {
    check: "written",
    kind: "content-hidden",
    weight: "blocks",
    path,
    layer: 1,
    evidence: "a → b",
    message: "Both changed it.",
    ...fields,
  };
}

const ALL = { check: undefined, layer: undefined, q: "" };
const findings = [
  finding("etc/hosts"),
  finding("etc/Passwd", { check: "users", kind: "accounts-masked", layer: 2 }),
  finding("", { check: "configuration", kind: "setting-kept", layer: undefined, message: "Cmd stays as it is." }),
];
const pathsOf = (filter: Partial<typeof ALL>) =>
  filterFindings(findings, { ...ALL, ...filter }).map(({ path }) => path);

it("keeps every finding without a filter", () => {
  expect(filterFindings(findings, ALL)).toEqual(findings);
});

it("filters by check and by layer, of which a finding about the configuration has none", () => {
  expect(pathsOf({ check: "users" } as never)).toEqual(["etc/Passwd"]);
  expect(pathsOf({ layer: 1 } as never)).toEqual(["etc/hosts"]);
  expect(pathsOf({ check: "users", layer: 1 } as never)).toEqual([]);
});

it("finds part of a path as it is shown, and of what is said of it, in either case", () => {
  expect(pathsOf({ q: "/etc/pass" })).toEqual(["etc/Passwd"]);
  expect(pathsOf({ q: "CMD" })).toEqual([""]);
  expect(pathsOf({ q: "→ b" })).toHaveLength(3);
  expect(pathsOf({ q: "zzzz" })).toEqual([]);
});

it("counts findings by value, the most frequent first, and leaves out those without one", () => {
  expect(countBy([...findings, finding("etc/motd")], ({ layer }) => layer)).toEqual([
    { value: 1, count: 2 },
    { value: 2, count: 1 },
  ]);
});
