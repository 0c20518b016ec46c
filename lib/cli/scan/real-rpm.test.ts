import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { RPM_SPECS } from "#testing/builders/rpm-specs.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { buildRpms, hasRpm, installRpms, queryRpm, type RpmRoot, tryRpm } from "#testing/run/rpm.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { loadStoredGraph, type StoredGraph } from "#testing/run/stored-graph.ts";

interface Package {
  readonly name: string;
  readonly evr: string;
  readonly files: readonly string[];
  readonly requires: readonly string[];
}

const DATABASES = [
  { backend: "sqlite", dbPath: "/var/lib/rpm" },
  { backend: "ndb", dbPath: "/usr/lib/sysimage/rpm" },
];

describe.skipIf(!hasRpm)("an image of packages that rpm has installed (needs rpm and rpmbuild)", () => {
  let database: Database;
  let folder: string;
  let rpms: string[];
  beforeAll(async () => {
    database = await openTestDatabase();
    folder = mkdtempSync(join(tmpdir(), "stratigraph-rpm-"));
    rpms = buildRpms(join(folder, "build"), RPM_SPECS);
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });

  describe.each(DATABASES)("$backend in $dbPath", ({ backend, dbPath }) => {
    let place: RpmRoot;
    let packages: Package[];
    let nodes: StoredGraph["nodes"];
    /** Those that packages declare: what their files load is observed besides. */
    let declared: string[];
    let problems: { code: string; message: string }[];
    let owners: ReadonlyMap<string, string>;

    beforeAll(async () => {
      place = { root: join(folder, backend), backend, dbPath };
      mkdirSync(place.root);
      const isBroken = (path: string) => path.includes("broken");
      installRpms(
        place,
        rpms.filter((path) => !isBroken(path)),
      ); // rpm itself finds every requirement met
      installRpms(place, rpms.filter(isBroken), "--nodeps");
      packages = listPackages(place);
      const run = await runCli(["scan", `rootfs:${place.root}`, "--name", backend, "--json"], {
        databaseUrl: database.url,
      });
      expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining("error")]);
      problems = JSON.parse(run.stdout).problems;
      const graph = await loadStoredGraph(database, backend);
      nodes = graph.nodes;
      const edges = graph.edges.filter(({ evidence }) => evidence === "declared");
      declared = edges.map(({ from, to }) => `${from.name} → ${to.name}`);
      owners = new Map([...graph.owners].map(([path, { name }]) => [path, name]));
    }, 120_000);

    it("has the packages of rpm -qa, and their purls", () => {
      const ours = nodes.filter(({ kind }) => kind === "rpm").map(({ name, version }) => `${name} ${version}`);
      expect(packages).toHaveLength(RPM_SPECS.length);
      expect(ours.sort()).toEqual(packages.map(({ name, evr }) => `${name} ${evr}`).sort());
      expect(nodes.find(({ name }) => name === "app")!.identity).toBe(
        `pkg:rpm/fedora/app@10-2.fc40?arch=${queryRpm(place, "--qf", "%{ARCH}", "app")}&distro=fedora-40&epoch=3`,
      );
    });

    it("has the files of rpm -ql: every file that is there belongs to the package that lists it", async () => {
      const listed = packages.flatMap(({ name, files }) => files.map((path) => [path.slice(1), name] as const));
      const there = listed.filter(([path]) => owners.has(path));
      expect(there).toHaveLength(13);
      expect(there.map(([path]) => [path, owners.get(path)])).toEqual(there.map(([path, name]) => [path, name]));
      const unlisted = [...owners].filter(([path]) => !listed.some(([each]) => each === path));
      expect(unlisted.filter(([path, owner]) => owner !== "unowned" && !path.startsWith(dbPath.slice(1)))).toEqual([]);
      const { rootfsSize } = await runCliJson<{ rootfsSize: number }>(["show", backend], { databaseUrl: database.url });
      expect(nodes.reduce((sum, { self }) => sum + self, 0)).toBe(rootfsSize);
    });

    it("has an edge for each requirement of rpm -qR to each package of rpm -q --whatprovides", () => {
      const expected = packages.flatMap(({ name, requires }) =>
        requires.flatMap((wanted) => listProviders(place, wanted).map((to) => `${name} → ${to}`)),
      );
      const isOther = (edge: string) => !/^(.*) → \1$/.test(edge) && !edge.startsWith("broken ");
      const theirs = [...new Set(expected)].filter(isOther);
      // What only the versions or the operation of a requirement decide is stated here: --whatprovides asks for a name.
      const rich = ["tool → viewer-a", "app → viewer-a"];
      expect(theirs).toHaveLength(9);
      expect(declared.filter(isOther).sort()).toEqual([...new Set([...theirs, ...rich])].sort());
    });

    it("has an edge wherever rpm -e would break a package", () => {
      const ours = new Set(declared);
      const broken = packages.flatMap(({ name }) =>
        Array.from(tryRpm(place, ["-e", "--test", name]).matchAll(/is needed by \(installed\) (\S+)/g), ([, nevra]) => {
          return `${packages.find((each) => nevra!.startsWith(`${each.name}-`) && nevra!.includes(each.evr))!.name} → ${name}`;
        }),
      );
      // The requirements of the broken package are not met at all, so it has no edges.
      const needed = broken.filter((edge) => !edge.startsWith("broken "));
      expect(new Set(needed).size).toBeGreaterThanOrEqual(8);
      expect(needed.filter((edge) => !ours.has(edge))).toEqual([]);
    });

    it("reports what nothing installed satisfies, as rpm --verify does", () => {
      const missing = problems.filter(({ code }) => code === "unresolved-dependency").map(({ message }) => message);
      expect(missing.sort()).toEqual(
        ["(gone and shell)", "/usr/bin/gone", "gone >= 1", "lib >= 1.0"].map(
          (wanted) => `broken 1.0-1: nothing installed satisfies Requires: ${wanted}`,
        ),
      );
      const theirs = tryRpm(place, ["-V", "--nofiles", "broken"]);
      for (const wanted of ["(gone and shell)", "/usr/bin/gone", "gone >= 1", "lib >= 1.0"])
        expect(theirs).toContain(wanted);
    });
  });
});

function listPackages(place: RpmRoot): Package[] {
  const names = queryRpm(place, "-a", "--qf", "%{NAME} %{EVR}\\n").trim().split("\n");
  return names.map((line) => {
    const [name = "", evr = ""] = line.split(" ");
    const lines = (option: string) => queryRpm(place, option, name).trim().split("\n");
    return {
      name,
      evr,
      files: lines("-l").filter((path) => path.startsWith("/")),
      requires: [...new Set(lines("-R"))],
    };
  });
}

/** The packages that provide the name of a requirement; none for what rpm itself provides, and for operations. */
function listProviders(place: RpmRoot, wanted: string): string[] {
  const [name = ""] = wanted.split(" ");
  if (name === "" || /^(?:rpmlib|config)\(/.test(name)) return [];
  const names = wanted.startsWith("(") ? wanted.split(/[ ()]+(?:and|or|with)[ ]/).map(trimPart) : [name];
  if (/ if /.test(wanted)) return [];
  return names.flatMap((each) => {
    const found = tryRpm(place, ["-q", "--whatprovides", "--qf", "%{NAME}\\n", each]).trim().split("\n");
    return found.filter((line) => /^[\w-]+$/.test(line));
  });
}

/** `(lib` → `lib`, `shell >= 1:5)` → `shell`, `(libx.so.1()(64bit)` → `libx.so.1()(64bit)`. */
function trimPart(part: string): string {
  const name = part.replace(/^\(/, "").split(" ")[0]!;
  const excess = name.split(")").length - name.split("(").length;
  return excess > 0 ? name.slice(0, -excess) : name;
}
