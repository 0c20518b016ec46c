import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { getImageSettings } from "#lib/db/queries/get-image-settings.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import type { Database } from "#lib/db/server/database.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { answerComponentFiles } from "./component-files.ts";
import { answerFile } from "./file.ts";
import { answerLayer, answerLayerFiles } from "./layer.ts";
import { answerNodeLayers } from "./node-layers.ts";

const { run: runCli } = makeCliSession();

const folder = mkdtempSync(join(tmpdir(), "stratigraph-layer-"));
let database: Database;

const LAYERS = [
  [
    { path: "etc/", type: "5" },
    { path: "etc/motd", body: "hello" },
    { path: "etc/link", type: "2", link: "../run/app" },
    { path: "run", type: "2", link: "/opt" },
    { path: "etc/loop", type: "2", link: "loop" },
    { path: "etc/lost", type: "2", link: "/nowhere" },
    { path: "opt/app", body: "the program" },
    { path: "tmp/cache", body: "x".repeat(100) },
  ],
  [
    { path: "etc/motd", body: "hello", uid: 1000 },
    { path: "tmp/.wh.cache", body: "" },
    { path: "tmp/new", body: "y" },
  ],
];
const CONFIG = {
  config: { User: "app", Env: ["A=1"], Cmd: ["run"], ExposedPorts: { "80/tcp": {} }, Labels: { a: "b", wrong: 1 } },
  history: [
    { created_by: "COPY . /" },
    { created_by: "ENV A=1", empty_layer: true, comment: "a comment" },
    { created_by: "RUN chown -R app /etc" },
  ],
};

beforeAll(async () => {
  database = await openTestDatabase();
  for (const [name, layers] of [
    ["one", LAYERS],
    ["two", [...LAYERS, [{ path: "opt/app", body: "another program" }]]],
  ] as const) {
    const file = join(folder, `${name}.tar`);
    const tars = layers.map((layer) => buildTar(layer));
    writeFileSync(file, buildDockerArchive(tars, { name, config: name === "one" ? CONFIG : {} }));
    expect(await runCli(["scan", `docker-archive:${file}`], { databaseUrl: database.url })).toMatchObject({
      status: 0,
    });
  }
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const idOf = async (name: string) => (await findArtifact(database.pool, name)).id;
const tree = { open: undefined, autoRows: 40, limit: 25 } as const;

describe("a layer of a scanned image", () => {
  it("says what it adds, changes and removes, and which of it is the same content again", async () => {
    const artifactId = await idOf("one");
    const { figures, rows } = await answerLayer(database.pool, {
      artifactId,
      layer: 1,
      show: undefined,
      text: "",
      ...tree,
    });
    expect(figures).toMatchObject({
      added: { count: 1, bytes: 1 },
      changed: { count: 1, bytes: 5 },
      same: { count: 1, bytes: 5 },
      removed: { count: 1, bytes: 100 },
      hidden: { count: 0, bytes: 0 },
    });
    expect(rows.map(({ path, file }) => `${path} ${file?.deed ?? ""}`)).toEqual([
      "tmp ",
      "tmp/cache removed",
      "tmp/new added",
      "etc ",
      "etc/motd changed",
    ]);
  });

  it("says which layer hides what, and lists only that", async () => {
    const artifactId = await idOf("one");
    const question = { artifactId, layer: 0, show: "hidden", text: "", ...tree } as const;
    const { figures, rows, matching } = await answerLayer(database.pool, question);
    expect(figures.hidden).toEqual({ count: 2, bytes: 105 });
    expect(figures.hiding).toEqual([{ layer: 1, count: 2, bytes: 105 }]);
    expect(matching).toBe(2);
    expect(rows.filter(({ file }) => file).map(({ path, hiddenBy }) => [path, hiddenBy])).toEqual([
      ["tmp/cache", 1],
      ["etc/motd", 1],
    ]);
    const found = await answerLayer(database.pool, { ...question, show: undefined, text: "/OPT/a" });
    expect(found.rows.map(({ name }) => name)).toEqual(["opt", "app"]);
  });

  it("does not exist above the last one", async () => {
    const asked = answerLayerFiles(database.pool, await idOf("one"), 2);
    await expect(asked).rejects.toThrow("layer 2 is out of range (0–1)");
  });

  it("keeps the settings and the whole history of its image", async () => {
    expect(await getImageSettings(database.pool, await idOf("one"))).toMatchObject({
      user: "app",
      environment: ["A=1"],
      command: ["run"],
      ports: ["80/tcp"],
      labels: [{ name: "a", value: "b" }],
      history: [
        { createdBy: "", isEmpty: false },
        { createdBy: "ENV A=1", comment: "a comment", isEmpty: true },
        { createdBy: "", isEmpty: false },
      ],
    });
  });

  it("adds the settings of an image that was scanned without them, with the next scan", async () => {
    await database.pool.query("UPDATE image SET settings = NULL");
    expect(await getImageSettings(database.pool, await idOf("one"))).toBeUndefined();
    await runCli(["scan", `docker-archive:${join(folder, "one.tar")}`], { databaseUrl: database.url });
    expect(await getImageSettings(database.pool, await idOf("one"))).toMatchObject({ user: "app" });
  });
});

describe("a file of a scanned image", () => {
  it("has its history, and the entry of each layer", async () => {
    const artifactId = await idOf("one");
    const file = await answerFile(database.pool, { artifactId, path: "/etc/motd" });
    expect(file).toMatchObject({ layer: 1, uid: 1000, isVisible: true, byteCount: 5 });
    expect(file.history.map(({ layer, deed, isSameContent }) => [layer, deed, isSameContent])).toEqual([
      [0, "added", false],
      [1, "changed", true],
    ]);
    const lower = await answerFile(database.pool, { artifactId, path: "etc/motd", layer: 0 });
    expect(lower).toMatchObject({ uid: 0, isVisible: false });
    expect(await answerFile(database.pool, { artifactId, path: "tmp/cache" })).toMatchObject({ isVisible: false });
  });

  it("leads a symlink to its end, step by step", async () => {
    const artifactId = await idOf("one");
    const wayOf = async (path: string) => (await answerFile(database.pool, { artifactId, path })).way;
    expect(await wayOf("etc/link")).toEqual({
      steps: [
        { path: "etc/link", target: "../run/app" },
        { path: "run", target: "/opt" },
      ],
      end: "opt/app",
      endKind: EntryKind.file,
    });
    expect(await wayOf("etc/loop")).toMatchObject({ end: undefined });
    expect(await wayOf("etc/lost")).toMatchObject({ end: "nowhere", endKind: undefined });
  });

  it("names the other artifacts that have its content, where containers see it", async () => {
    const [one, two] = [await idOf("one"), await idOf("two")];
    const motd = await answerFile(database.pool, { artifactId: one, path: "etc/motd" });
    expect(motd.holders).toMatchObject([{ name: "two", path: "etc/motd" }]);
    // In the other image a third layer hides it.
    expect((await answerFile(database.pool, { artifactId: one, path: "opt/app" })).holders).toEqual([]);
    expect((await answerFile(database.pool, { artifactId: two, path: "opt/app" })).holders).toEqual([]);
  });

  it("is not found under a wrong path", async () => {
    const asked = answerFile(database.pool, { artifactId: await idOf("one"), path: "/etc/mot" });
    await expect(asked).rejects.toThrow("nothing at /etc/mot");
  });
});

describe("the files of a component", () => {
  it("are in the layers that have most of them, and differ where their content does", async () => {
    const [one, two] = [await idOf("one"), await idOf("two")];
    expect(await answerNodeLayers(database.pool, one, 0)).toEqual([{ layer: 0, count: 1, bytes: 11 }]);
    const last = (await database.pool.query("SELECT max(node_index) AS last FROM node WHERE artifact_id = $1", [two]))
      .rows[0].last as number;
    const left = { artifactId: one, nodeIndex: 0 };
    const right = { artifactId: two, nodeIndex: last };
    expect(await answerComponentFiles(database.pool, left, right, 9)).toEqual({
      rows: [{ path: "opt/app", change: "changed", left: 11, right: 15 }],
      count: 1,
      differing: 1,
    });
    expect((await answerComponentFiles(database.pool, left, undefined, 9)).rows).toEqual([
      { path: "opt/app", change: "removed", left: 11, right: null },
    ]);
  });
});

const fleet = sharedData("fleet-mini/oci");
describe.skipIf(fleet === undefined)("the layers of real images", () => {
  it("add and change their content, and hide what the scan found wasted", { timeout: 120_000 }, async () => {
    await runCli(["scan", `oci:${fleet}`], { databaseUrl: database.url });
    const { rows } = await database.pool.query<{ id: number }>("SELECT artifact_id AS id FROM image");
    for (const layer of await listLayers(
      database.pool,
      rows.map(({ id }) => id),
    )) {
      const { artifactId, position, contentSize, wastedSize } = layer;
      const question = { artifactId, layer: position, show: undefined, text: "", ...tree };
      const { added, changed, hidden } = (await answerLayer(database.pool, question)).figures;
      expect([added.bytes + changed.bytes, hidden.bytes]).toEqual([contentSize, wastedSize]);
    }
  });
});
