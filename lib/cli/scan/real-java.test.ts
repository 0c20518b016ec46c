import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import {
  copyRuntime,
  filesIn,
  listDebianJars,
  makeJar,
  type NaiveArchive,
  readNaively,
} from "#testing/run/java-root.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { loadStoredGraph, type StoredGraph } from "#testing/run/stored-graph.ts";

const JARS = listDebianJars();
/** Those of `maven`. */
const MIN_JARS = 40;
const POM = "META-INF/maven/org.example/shop/pom.properties";
const isMissing = JARS.length < MIN_JARS || !areInstalled("jar", "java", "python3");

describe.skipIf(isMissing)("Java archives of Debian and of jar (needs default-jdk-headless and maven)", () => {
  let database: Database;
  let folder: string;
  let theirs: NaiveArchive[];
  let graph: StoredGraph;
  let rootfsSize: number;

  beforeAll(async () => {
    database = await openTestDatabase();
    folder = mkdtempSync(join(tmpdir(), "stratigraph-java-"));
    const root = join(folder, "root");
    buildRoot(root);
    theirs = readNaively(root);
    const run = await runCli(["scan", `rootfs:${root}`, "--name", "java", "--json"], { databaseUrl: database.url });
    // The root has no C library.
    const problems: { path: string; message: string }[] = JSON.parse(run.stdout).problems;
    const others = problems.filter(({ message }) => !/needs .*: not in this image$/.test(message));
    expect([run.status, others]).toEqual([0, []]);
    graph = await loadStoredGraph(database, "java");
    rootfsSize = (await runCliJson<{ rootfsSize: number }>(["show", "java"], { databaseUrl: database.url })).rootfsSize;
  }, 60_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });

  const nodes = () => graph.nodes.filter(({ kind }) => kind === "maven");
  const ofRuntime = ({ path }: NaiveArchive) => path.startsWith("opt/java/");

  it("are all found, in files and in other archives", () => {
    const paths = theirs.filter((archive) => !ofRuntime(archive)).map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(3 * MIN_JARS);
    const ours = nodes().filter(({ path }) => !path.includes("!/META-INF/maven/"));
    expect(ours.map(({ path }) => path).sort()).toEqual(paths.sort());
  });

  it("have the purl of each pom.properties, as python's zipfile reads it", () => {
    const purls = theirs
      .filter((archive) => !ofRuntime(archive))
      .flatMap(({ path, poms }) =>
        poms.map((pom) => `${path} pkg:maven/${pom.groupId}/${pom.artifactId}@${encode(pom.version)}`),
      );
    expect(purls.length).toBeGreaterThan(3 * MIN_JARS);
    const ours = nodes().map(({ path, identity }) => `${path.replace(/!\/META-INF\/maven\/.*/, "")} ${identity}`);
    expect(purls.filter((purl) => !ours.includes(purl))).toEqual([]);
    const others = ours.filter((each) => !purls.includes(each)).map((each) => each.split(" ")[0]!);
    const withoutPom = theirs.filter((archive) => !ofRuntime(archive) && archive.poms.length === 0);
    // Debian has renamed this one, and it has another package in it: neither pom.properties has its name.
    const renamed = others.filter((path) => path.includes("maven3-slf4j-provider"));
    expect(others.sort()).toEqual([...withoutPom.map(({ path }) => path), ...renamed].sort());
  });

  it("hold what is in them, by one edge each", () => {
    const inner = nodes().filter(({ path }) => path.includes("!/"));
    const held = graph.edges.filter(({ evidence, from }) => evidence === "observed" && from.kind === "maven");
    expect(held.map(({ to }) => to.path).sort()).toEqual(inner.map(({ path }) => path).sort());
    for (const { from, to } of held) expect(to.path.startsWith(`${from.path}!/`)).toBe(true);
  });

  it("need what python's ElementTree reads of each pom.xml, where it is beside them", () => {
    const found = nodes().filter(({ path }) => path.startsWith("opt/lib/"));
    const idOf = new Map(found.map(({ name, path }) => [name.replace("/", ":"), path]));
    const needs = theirs.filter(({ path }) => path.startsWith("opt/lib/")).flatMap((archive) => archive.needs);
    const expected = needs.flatMap(([from, to]) =>
      idOf.has(from) && idOf.has(to) && from !== to ? `${from} → ${to}` : [],
    );
    const declared = graph.edges.filter(
      ({ evidence, from, to }) => evidence === "declared" && found.includes(from) && to.kind === "maven",
    );
    const ours = declared.map(({ from, to }) => `${from.name} → ${to.name}`.replaceAll("/", ":"));
    expect(ours.length).toBeGreaterThan(MIN_JARS);
    expect([...new Set(ours)].sort()).toEqual([...new Set(expected)].sort());
  });

  it("run on the runtime beside them, and all bytes are somebody's", () => {
    const runs = graph.edges.filter(({ to }) => to.path === "opt/java/openjdk");
    const outer = nodes().filter(({ path }) => !path.includes("!/"));
    expect(runs.map(({ from }) => from.path).sort()).toEqual(outer.map(({ path }) => path).sort());
    expect(graph.owners.get("opt/java/openjdk/lib/jrt-fs.jar")?.path).toBe("opt/java/openjdk");
    expect(graph.nodes.reduce((sum, { self }) => sum + self, 0)).toBe(rootfsSize);
    expect(graph.nodes.filter(({ kind }) => kind === "unowned")).toEqual([]);
  });
});

/** Debian's archives as files; in a fat jar, stored; in a war, deflated; and that in an ear. */
function buildRoot(root: string): void {
  mkdirSync(join(root, "opt/lib"), { recursive: true });
  for (const path of JARS) copyFileSync(path, join(root, "opt/lib", basename(path)));
  copyRuntime(join(root, "opt/java/openjdk"));
  const own = {
    "META-INF/MANIFEST.MF":
      "Main-Class: org.springframework.boot.loader.launch.JarLauncher\nStart-Class: org.example.Shop\n",
    [POM]: "groupId=org.example\nartifactId=shop\nversion=1.2\n",
  };
  makeJar(join(root, "app/app.jar"), { ...own, ...filesIn("BOOT-INF/lib", JARS) }, "0");
  const war = join(root, "srv/shop.war");
  makeJar(war, filesIn("WEB-INF/lib", JARS));
  makeJar(join(root, "srv/shop.ear"), { "shop.war": war, "lib/first.jar": JARS[0]! });
}

function encode(version: string): string {
  return encodeURIComponent(version).replaceAll("%3A", ":");
}
