import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { randomWheels } from "#testing/builders/wheels.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { askPython, hasPython, PYTHON_VERSION } from "#testing/run/python.ts";
import {
  buildWheels,
  copyDebs,
  installInRoot,
  linkInterpreter,
  listRequested,
  makeVenv,
} from "#testing/run/python-root.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { loadStoredGraph, type StoredGraph } from "#testing/run/stored-graph.ts";

const SYSTEM = ["usr/local/lib/pythonX/dist-packages", "usr/lib/python3/dist-packages"];
const VENV = "opt/venv/lib/pythonX/site-packages";
const OPEN = "srv/open/lib/pythonX/site-packages";

/** The directories of each environment: the distributions of the first look for others in all of them. */
const ENVIRONMENTS = [SYSTEM, [VENV], [OPEN, ...SYSTEM]].map((paths) => {
  return paths.map((path) => path.replace("pythonX", `python${PYTHON_VERSION}`));
});

interface Distribution {
  readonly metadata: string;
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  /** The metadata of the distributions that it requires here. */
  readonly needs: readonly string[];
  readonly missing: readonly string[];
}

/** What importlib.metadata finds in each environment, and what packaging says of its requirements. */
const IMPORTLIB = `
import importlib.metadata, json, os, sys
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name
given = json.load(sys.stdin)
root = given["root"]
inside = lambda path: os.path.relpath(os.path.realpath(path), root)
def find(paths):
    return list(importlib.metadata.distributions(path=[os.path.join(root, p) for p in paths]))
result = []
for paths in given["environments"]:
    known = {}
    for path in paths:
        for d in find([path]): known.setdefault(canonicalize_name(d.name), d)
    extras = {name: {""} for name in known}
    def needs(d):
        found = []
        for text in d.requires or []:
            r = Requirement(text)
            if r.marker is None or any(r.marker.evaluate({"extra": e}) for e in extras[canonicalize_name(d.name)]): found.append(r)
        return found
    own = {inside(d._path): d for d in find(paths[:1])}
    while True:
        before = {name: set(found) for name, found in extras.items()}
        for d in own.values():
            for r in needs(d):
                if canonicalize_name(r.name) in known: extras[canonicalize_name(r.name)] |= r.extras
        if before == extras: break
    for path, d in own.items():
        names = [canonicalize_name(r.name) for r in needs(d)]
        result.append({
            "metadata": path, "name": d.name, "version": d.version,
            "files": [inside(d.locate_file(f)) for f in d.files or []],
            "needs": sorted({inside(known[n]._path) for n in names if n in known} - {path}),
            "missing": sorted({n for n in names if n not in known}),
        })
print(json.dumps(result))
`;

describe.skipIf(!hasPython)(
  "an image of wheels that pip has installed (needs Debian's python3-pip and python3-venv)",
  () => {
    let database: Database;
    let root: string;
    let theirs: Distribution[];
    let ours: StoredGraph;
    let problems: { code: string; path: string; message: string }[];

    beforeAll(async () => {
      database = await openTestDatabase();
      const folder = mkdtempSync(join(tmpdir(), "stratigraph-python-"));
      root = join(folder, "root");
      const wheels = buildWheels(join(folder, "wheels"), randomWheels(40, 7));
      copyDebs(root, [`python${PYTHON_VERSION}-minimal`, "python3-pip"]);
      linkInterpreter(root, PYTHON_VERSION);
      installInRoot(root, wheels.slice(0, 25));
      makeVenv(join(root, "opt/venv"), wheels.slice(10));
      makeVenv(join(root, "srv/open"), wheels.slice(30), "--system-site-packages", "--without-pip");
      theirs = askPython<Distribution[]>(IMPORTLIB, { root, environments: ENVIRONMENTS });
      const run = await runCli(["scan", `rootfs:${root}`, "--name", "python", "--json"], { databaseUrl: database.url });
      expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining("error")]);
      problems = JSON.parse(run.stdout).problems;
      ours = await loadStoredGraph(database, "python");
    }, 180_000);
    afterAll(async () => {
      rmSync(join(root, ".."), { recursive: true });
      await database.close();
    });

    it("has the distributions of importlib.metadata, with names and versions", () => {
      const found = ours.nodes.filter(({ kind }) => kind === "pypi");
      expect(theirs).toHaveLength(25 + 31 + 10);
      expect(found.map(({ path, version }) => `${path} ${version}`).sort()).toEqual(
        theirs.map(({ metadata, version }) => `${metadata} ${version}`).sort(),
      );
      expect(found.map(({ path, name }) => `${path} ${name}`).sort()).toEqual(
        theirs.map(({ metadata, name }) => `${metadata} ${name.toLowerCase().replaceAll("_", "-")}`).sort(),
      );
    });

    it("has the files of importlib.metadata: each belongs to the distribution that lists it", async () => {
      const listed = theirs.flatMap(({ metadata, files }) => files.map((file) => `${file} ${metadata}`));
      const owned = [...ours.owners].flatMap(([file, { kind, path }]) => (kind === "pypi" ? [`${file} ${path}`] : []));
      expect(owned.sort()).toEqual(listed.filter((line) => ours.owners.has(line.split(" ")[0]!)).sort());
      expect(owned.length).toBeGreaterThan(1000);
      const { rootfsSize } = await runCliJson<{ rootfsSize: number }>(["show", "python"], {
        databaseUrl: database.url,
      });
      expect(ours.nodes.reduce((sum, { self }) => sum + self, 0)).toBe(rootfsSize);
    });

    it("has an edge for each requirement whose marker packaging finds true, extras included", () => {
      const expected = theirs.flatMap(({ metadata, needs }) => needs.map((to) => `${metadata} → ${to}`));
      const declared = ours.edges.filter(({ evidence, from }) => evidence === "declared" && from.kind === "pypi");
      const nameOf = ({ path, name }: { path: string; name: string }) => (path === "" ? name : path);
      expect(declared.map(({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`).sort()).toEqual(expected.sort());
      expect(expected.length).toBeGreaterThan(60);
      const missing = problems.filter(({ message }) => message.includes("nothing installed satisfies Requires-Dist"));
      const pairs = theirs.flatMap(({ metadata, missing: names }) => names.map((name) => `${metadata} ${name}`));
      const toName = (message: string) =>
        /Requires-Dist: ([\w.-]+)/.exec(message)![1]!.toLowerCase().replace(/[_.]+/g, "-");
      expect([...new Set(missing.map(({ path, message }) => `${path} ${toName(message)}`))].sort()).toEqual(
        pairs.sort(),
      );
    });

    it("has an edge from each distribution to the package of the interpreter", () => {
      const inferred = ours.edges.filter(({ evidence, from }) => evidence === "inferred" && from.kind === "pypi");
      expect(inferred.map(({ from }) => from.path).sort()).toEqual(theirs.map(({ metadata }) => metadata).sort());
      expect(new Set(inferred.map(({ to }) => to.name))).toEqual(new Set([`python${PYTHON_VERSION}-minimal`]));
    });

    it("has as roots what pip inspect says was requested", () => {
      const inVenv = ours.nodes.filter(({ path, rootReason }) => path.startsWith("opt/venv/") && rootReason === 0);
      const requested = listRequested(join(root, "opt/venv")).map((path) => relative(root, path));
      expect(inVenv.map(({ path }) => path).sort()).toEqual(requested.sort());
      expect(requested).toHaveLength(31);
    });
  },
);
