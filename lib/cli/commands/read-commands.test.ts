import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const record = (name: string, depends: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n${depends}\n\n`;

const base = buildTar([
  { path: "usr/bin/app", body: "a".repeat(1000) },
  { path: "usr/lib/libuseful.so", body: "b".repeat(300) },
  { path: "usr/share/left", body: "c".repeat(40) },
  {
    path: "var/lib/dpkg/status",
    body: record("app", "Depends: useful (>= 0.9)") + record("useful", "Priority: optional"),
  },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
  { path: "var/lib/dpkg/info/useful:amd64.list", body: "/usr/lib/libuseful.so\n" },
]);
const top = buildTar([{ path: "usr/share/.wh.left" }]);

describe("commands that read", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const ask = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
  const askJson = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return `docker-archive:${join(folder, name)}`;
  };

  beforeAll(async () => {
    const config = { config: { Entrypoint: ["/usr/bin/app"] } };
    await askJson(
      "scan",
      write("shop.tar", buildDockerArchive([base, top], { name: "localhost/shop:latest", config })),
    );
    await askJson("scan", write("bare.tar", buildDockerArchive([base], { name: "bare:1" })));
  });

  it("list shows the artifacts, the newest first", async () => {
    const { artifacts } = await askJson<{ artifacts: { name: string; kind: string }[] }>("list");
    expect(artifacts.map(({ name, kind }) => [name, kind])).toEqual([
      ["bare:1", "image"],
      ["localhost/shop:latest", "image"],
    ]);
  });

  it("show lists wasted files with the layers that contain and hide them", async () => {
    const shown = await askJson<{ wasted: unknown; wastedSize: number; layers: unknown[] }>("show", "shop");
    expect(shown).toMatchObject({
      wastedSize: 40,
      wasted: [{ path: "usr/share/left", bytes: 40, layer: 0, hiddenBy: 1 }],
    });
    expect(shown.layers).toHaveLength(2);
  });

  it("closure lists every component with its sizes, which sum to the rootfs", async () => {
    const { nodes, total } = await askJson<{ nodes: Record<string, unknown>[]; total: { bytes: number } }>(
      "closure",
      "shop",
    );
    const { rootfsSize } = await askJson<{ rootfsSize: number }>("show", "shop");
    expect(total.bytes).toBe(rootfsSize);
    expect(nodes.find((node) => node.name === "app")).toMatchObject({
      id: "pkg:deb/debian/app@1.0?arch=amd64",
      version: "1.0",
      kind: "deb",
      selfSize: 1000,
      closureSize: 1300,
      retainedSize: 1300,
      referenceCount: 1,
      referrerCount: 0,
      live: true,
    });
  });

  it("why shows the path from an installed package, and referrers the evidence", async () => {
    const { paths, pathCount, pathCountExact } = await askJson<{
      paths: { name: string }[][];
      pathCount: number;
      pathCountExact: boolean;
    }>("why", "shop", "useful");
    const counted = { pathCount, pathCountExact };
    expect(paths.map((path) => path.map(({ name }) => name))).toEqual([["app", "useful"]]);
    expect(counted).toEqual({ pathCount: 1, pathCountExact: true });
    const { referrers } = await askJson<{ referrers: unknown[] }>("referrers", "shop", "useful");
    expect(referrers).toMatchObject([{ name: "app", evidence: "declared", details: ["Depends: useful (>= 0.9)"] }]);
  });

  it("why --cut gives the fewest edges that keep a node, and what they free", async () => {
    expect(await askJson("why", "shop", "useful", "--cut")).toMatchObject({
      isRoot: false,
      size: 1,
      cuts: [
        { edges: [{ from: { name: "app" }, to: { name: "useful" }, evidence: "declared" }], frees: 300, freedNodes: 1 },
      ],
      truncated: false,
    });
    expect((await ask("why", "shop", "useful", "--cut")).stdout).toBe(
      "Remove this reference: 300 B in 1 node would go\nFrom  To      Known\napp   useful  declared\n",
    );
    expect(await askJson("why", "shop", "app", "--cut")).toMatchObject({ isRoot: true, size: 0, cuts: [] });
    expect((await ask("why", "shop", "app", "--cut")).stdout).toMatch(
      /^app 1\.0 is a root itself: .*; no edge keeps it\n$/,
    );
  });

  it("closure --classes divides the nodes by the roots that reach them", async () => {
    const { classes, total } = await askJson<{ classes: unknown[]; total: unknown }>("closure", "shop", "--classes");
    expect(classes).toMatchObject([
      { roots: [{ name: "app" }], rootCount: 1, live: true, nodes: 2, bytes: 1300 },
      { roots: [{ name: "dpkg database" }], rootCount: 1, nodes: 1 },
    ]);
    expect(total).toMatchObject({ classes: 2, nodes: 3, roots: 2 });
    expect((await ask("closure", "shop", "--classes")).stdout).toContain("2 classes, 3 nodes, 2 roots");
    const refused = await ask("closure", "shop", "--classes", "--root", "app");
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining("--classes is about all roots: leave out --root"),
    ]);
  });

  it("migrate --rebuild computes the measures of the scan from the tables", async () => {
    const { pool } = place.database;
    const loadSections = async () => (await pool.query("SELECT * FROM packed_section ORDER BY artifact_id")).rows;
    const [before, sections] = [await askJson("closure", "shop"), await loadSections()];
    await pool.query(
      "UPDATE node SET closure_size = 0, retained_size = 0; DELETE FROM packed_graph; DELETE FROM packed_section",
    );
    expect(await askJson("migrate", "--rebuild")).toMatchObject({ rebuilt: 2 });
    expect(await askJson("closure", "shop")).toEqual(before);
    expect(await loadSections()).toEqual(sections);
  });

  it("any command first updates the measures of an older version, and prints that", async () => {
    const before = await askJson("closure", "shop");
    await place.database.pool.query("UPDATE node SET retained_size = 0; UPDATE packed_graph SET engine_version = 1");
    const first = await ask("closure", "shop", "--json");
    expect(first.stderr).toContain("updated the measures of 2 graphs, which an older version had computed");
    expect(JSON.parse(first.stdout)).toEqual(before);
    expect((await ask("closure", "shop")).stderr).toBe("");
  });

  it.each([
    [["why", "shop", "usefl"], "no node is named usefl; did you mean pkg:deb/debian/useful@1.0?arch=amd64?"],
    [["referrers", "shop", "ap"], "no node is named ap; did you mean pkg:deb/debian/app@1.0?arch=amd64?"],
    [["closure", "shop", "--root", "usefull"], "no node is named usefull; did you mean pkg:deb/debian/useful@1.0"],
    [["closure", "shop", "--sort", "retaned"], "argument 'retaned' is invalid. Did you mean retained?"],
    [["overlap", "shop", "bare:1", "--rung", "fiel"], "argument 'fiel' is invalid. Did you mean file?"],
    [
      ["overlap", "shop", "bare:1", "--rung", "xxxxx"],
      "Allowed choices are chain, layer, live, package, file, chunk, blob.",
    ],
    [["report", "overlp", "shop"], "unknown command 'overlp' (Did you mean overlap?)"],
    [["shwo", "shop"], "unknown command 'shwo' (Did you mean show?)"],
  ])("%j gets a suggestion", async (args, message) => {
    expect(await ask(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(message) });
  });

  it.each([
    ["a command that is none", ["frobnicate"], 2],
    ["an option that is none", ["list", "--frobnicate"], 2],
    ["a name that nothing has", ["show", "nothing-like-it"], 2],
    ["a node that nothing is called", ["why", "shop", "nothing-like-it"], 2],
    ["a source that is none", ["scan", "floppy:a"], 2],
    ["a platform that is none", ["scan", "oci:x", "--platform", "linux"], 2],
    ["a file that is not there", ["scan", "docker-archive:/nowhere/image.tar"], 4],
    ["a directory as an archive", ["scan", "docker-archive:lib"], 3],
    ["a file as a store", ["scan", "nix-store:package.json"], 3],
  ])("%s ends with a line and its status", async (_name, args, status) => {
    const run = await ask(...args);
    expect([run.status, run.stdout]).toEqual([status, ""]);
    expect(run.stderr).toMatch(/\S/);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  it("prints one JSON document for a bad input as well", async () => {
    const run = await ask("scan", write("bad.tar", Buffer.alloc(2048, 7)), "--json");
    expect(run.status).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({ artifacts: [], problems: [{ severity: "error", code: "bad-tar" }] });
  });

  it("rm deletes an artifact with the rows that only it needs", async () => {
    const counts = async () => {
      const tables = ["artifact", "layer", "layer_entry", "layer_document", "content", "component", "node", "edge"];
      const all = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(", ");
      return (await place.database.pool.query(`SELECT ${all}`)).rows[0];
    };
    await askJson("rm", "shop");
    expect(await counts()).toMatchObject({ artifact: 1, layer: 1 });
    expect((await askJson<{ layers: unknown[] }>("show", "bare:1")).layers).toHaveLength(1);
    await askJson("rm", "bare:1");
    expect(Object.values(await counts())).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
