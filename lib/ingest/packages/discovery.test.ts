import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildFileTree } from "#testing/builders/file-tree.ts";
import { debRecord, diffIdOf, viewPackages } from "#testing/builders/packages.ts";
import { Discovery, MAX_CANDIDATES, MAX_EDGES, MAX_PROBLEMS } from "./discovery.ts";

function emptyDiscovery(): Discovery {
  return new Discovery(buildFileTree({}), { source: "test", command: [], diffIds: [diffIdOf(0)] });
}

describe("limits", () => {
  test("edges after MAX_EDGES are left out, with one problem", () => {
    const discovery = emptyDiscovery();
    for (let i = 0; i < MAX_EDGES + 3; i++) discovery.addEdge(i, i + 1, "");
    expect(discovery.edges).toHaveLength(MAX_EDGES);
    expect(discovery.problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  test("candidates after MAX_CANDIDATES are not compared, with one problem", () => {
    const discovery = emptyDiscovery();
    let count = 0;
    for (let i = 0; i < MAX_CANDIDATES + 3; i++) if (discovery.spendCandidate()) count += 1;
    expect(count).toBe(MAX_CANDIDATES);
    expect(discovery.problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  test("problems after MAX_PROBLEMS are left out, with one problem", () => {
    const discovery = emptyDiscovery();
    for (let i = 0; i < MAX_PROBLEMS + 3; i++) discovery.addProblem("", { code: "bad-json", message: "" });
    expect(discovery.problems).toHaveLength(MAX_PROBLEMS + 1);
    expect(discovery.problems.at(-1)!.code).toBe("limit-exceeded");
  });

  test("packages that all provide and all need one name are limited, not quadratic", () => {
    const count = Math.ceil(Math.sqrt(MAX_CANDIDATES)) + 1;
    const fields = { Provides: "v (= 1)", Depends: "v (= 2)" };
    const status = Array.from({ length: count }, (_, i) => debRecord(`p${i}`, fields)).join("");
    const { found } = viewPackages({ "var/lib/dpkg/status": status });
    expect(found.problems.filter(({ code }) => code === "limit-exceeded")).toHaveLength(1);
  });
});

test("a tree deeper than the engine's call stack is walked", () => {
  const discovery = new Discovery(buildFileTree({ [`${"d/".repeat(20_000)}f`]: "x" }), {
    source: "test",
    command: [],
    diffIds: [diffIdOf(0)],
  });
  expect(discovery.nodes).toHaveLength(20_002);
});

test("one pair of components has one edge, by the first declaration, and none to itself", () => {
  const discovery = emptyDiscovery();
  discovery.addEdge(0, 1, "Pre-Depends: b");
  discovery.addEdge(0, 1, "Depends: b");
  discovery.addEdge(1, 1, "Depends: b");
  expect(discovery.edges.map(({ detail }) => detail)).toEqual(["Pre-Depends: b"]);
});

test("a database whose body was not kept is a problem, and the image is still read", () => {
  const image = viewPackages({ "var/lib/dpkg/status": { byteCount: 5 } });
  expect(image.found.problems).toMatchObject([{ code: "bad-package-database", path: "var/lib/dpkg/status" }]);
  expect(image.names).toEqual(["dpkg database"]);
});

test("a name in a layer that the image does not have is an internal error, not a silent count", () => {
  expect(() => viewPackages({ a: { layer: 9, body: "1" } })).toThrow(RangeError);
});

test("whatever the databases contain, nothing throws, all problems are warnings and no byte is lost", () => {
  const paths = [
    "etc/os-release",
    "var/lib/dpkg/status",
    "var/lib/dpkg/status.d/x",
    "var/lib/dpkg/status.d/x.md5sums",
    "var/lib/dpkg/info/a.list",
    "var/lib/dpkg/diversions",
    "var/lib/apt/extended_states",
    "lib/apk/db/installed",
    "etc/apk/world",
    "node_modules/a/package.json",
    "package.json",
  ];
  const words = [
    "Package: a\n",
    "Version: 1\n",
    "Status: install ok installed\n",
    "Depends: a|",
    "P:a\nV:1\n",
    "F:",
    "R:",
    "/a",
    "..",
    "\n",
    "=",
    '{"name":"a"}',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((found) => found.join("")),
  );
  const body = fc.oneof(
    text.map((found) => new TextEncoder().encode(found)),
    fc.uint8Array(),
  );
  fc.assert(
    fc.property(fc.tuple(...paths.map(() => body)), fc.array(fc.string()), (bodies, command) => {
      const image = viewPackages(Object.fromEntries(paths.map((path, i) => [path, bodies[i]!])), command);
      expect(new Set(image.found.problems.map(({ severity }) => severity))).not.toContain("error");
      expect(image.found.selfSize.reduce((sum, bytes) => sum + bytes, 0)).toBe(
        bodies.reduce((sum, { length }) => sum + length, 0),
      );
    }),
  );
});
