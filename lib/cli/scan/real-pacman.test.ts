import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPacman, hasPacman, PacmanRoot, type PacmanSpec } from "#testing/run/pacman.ts";
import { runCliJson } from "#testing/run/run-cli.ts";
import { loadStoredGraph, type StoredGraph } from "#testing/run/stored-graph.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const SPECS: readonly PacmanSpec[] = [
  { name: "filesystem", version: "2025.1-1", files: { "etc/os-release": "ID=arch\n", "usr/share/empty": "" } },
  { name: "glibc", version: "2.40-1", info: ["depend = filesystem>=2020"], files: { "usr/lib/libc.so.6": "libc" } },
  {
    name: "zlib-ng",
    version: "1:2.2-3",
    info: ["depend = glibc>=2.39", "provides = zlib=1.3.1", "provides = libz.so=1-64", "provides = compressor"],
    files: { "usr/lib/libz.so.1.3": "z", "usr/lib/libz.so.1": "->libz.so.1.3" },
  },
  { name: "minizip", version: "1.3-1", info: ["provides = compressor"], files: { "usr/bin/minizip": "m" } },
  {
    name: "app",
    version: "3.0-1",
    info: [
      "depend = libz.so=1-64",
      "depend = zlib>=1.3",
      "depend = compressor",
      "depend = minizip<2",
      "optdepend = doc: text",
    ],
    files: { "opt/app/bin/app": "app", "etc/app.conf": "conf", "opt/app/a b": "space" },
  },
  {
    name: "broken",
    version: "1-1",
    info: ["depend = gone", "depend = compressor>=1", "depend = glibc>3", "depend = zlib-ng<2:0"],
    files: { "usr/bin/broken": "b" },
  },
];

describe.skipIf(!hasPacman)("an image of packages that pacman has installed (needs pacman, as root)", () => {
  const place = makeTestPlace();
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-pacman-"));
  const installation = hasPacman ? new PacmanRoot(join(folder, "root")) : undefined;
  const ask = (...args: readonly string[]) =>
    installation!
      .run(...args)
      .trimEnd()
      .split("\n");
  let graph: StoredGraph;
  let problems: readonly { readonly message: string }[];

  beforeAll(async () => {
    const files = SPECS.map((spec) => buildPacman(folder, spec));
    installation!.install(files.slice(0, 4), "--asdeps");
    installation!.install(files.slice(4, 5));
    installation!.install(files.slice(5), "-dd", "--asdeps");
    const source = `rootfs:${installation!.root}`;
    const scan = await runCliJson<{ problems: typeof problems }>(["scan", source, "--name", "arch"], {
      databaseUrl: place.database.url,
    });
    problems = scan.problems;
    graph = await loadStoredGraph(place.database, "arch");
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it("has the packages of pacman -Q", () => {
    const ours = graph.nodes.filter(({ kind }) => kind === "alpm").map(({ name, version }) => `${name} ${version}`);
    expect(ours.sort()).toEqual(ask("-Q"));
    expect(ours).toHaveLength(SPECS.length);
    expect(graph.nodes.find(({ name }) => name === "zlib-ng")!.identity).toBe("pkg:alpm/arch/zlib-ng@1:2.2-3?arch=any");
  });

  it("has the files of pacman -Ql, each with its package, and no others", () => {
    const prefix = `${installation!.root}/`;
    const listed = ask("-Ql").filter((line) => !line.endsWith("/"));
    const truth = listed.map((line) => line.replace(` ${prefix}`, " ")).sort();
    const ours = [...graph.owners]
      .filter(([, { kind }]) => kind === "alpm")
      .map(([path, { name }]) => `${name} ${path}`);
    expect(ours.sort()).toEqual(truth);
    expect(truth.length).toBeGreaterThan(8);
    expect(graph.owners.get("var/lib/pacman/local/minizip-1.3-1/desc")?.name).toBe("pacman database");
  });

  it("has an edge wherever pacman -Qi says that a package is required by another", () => {
    const required = SPECS.flatMap(({ name }) => {
      const by = /^Required By +: (.*)$/m.exec(ask("-Qi", name).join("\n"))![1]!;
      return by === "None" ? [] : by.split(/ +/).map((from) => `${from} → ${name}`);
    });
    const declared = graph.edges.filter(({ from, evidence }) => from.kind === "alpm" && evidence === "declared");
    expect(declared.map(({ from, to }) => `${from.name} → ${to.name}`).sort()).toEqual(required.sort());
    expect(required.length).toBe(5);
  });

  it("has a root for each package of pacman -Qe, and a problem for each need that nothing satisfies", () => {
    const roots = graph.nodes.filter(({ kind, rootReason }) => kind === "alpm" && rootReason === 0);
    expect(roots.map(({ name, version }) => `${name} ${version}`)).toEqual(ask("-Qe"));
    const unresolved = problems
      .map(({ message }) => message)
      .filter((message) => message.includes("nothing installed"));
    expect(unresolved.map((message) => message.replace(/.*satisfies /, ""))).toEqual([
      "Depends On: gone",
      "Depends On: compressor>=1",
      "Depends On: glibc>3",
    ]);
  });
});
