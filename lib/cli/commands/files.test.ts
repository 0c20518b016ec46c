import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const status = "Package: app\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n\n";
const base = buildTar([
  { path: "usr/bin/app", body: "a".repeat(1000), mode: 0o755 },
  { path: "usr/bin/tool", body: "t".repeat(200) },
  { path: "usr/share/left", body: "c".repeat(40) },
  { path: "var/lib/dpkg/status", body: status },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
]);
const top = buildTar([
  { path: "usr/share/.wh.left" },
  { path: "usr/bin/tool", body: "T".repeat(300) },
  { path: "usr/bin/link", type: "2", link: "tool" },
]);

interface Listed {
  entries: {
    path: string;
    kind: string;
    bytes: number;
    files: number;
    layer: number;
    owner: { name: string } | null;
  }[];
  total: { entries: number; bytes: number };
}

let database: Database;
const run = (...args: string[]) => runCli(args, { databaseUrl: database.url });
const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: database.url });
const paths = ({ entries }: Listed) => entries.map(({ path, bytes }) => [path, bytes]);

beforeAll(async () => {
  database = await openTestDatabase();
  const input = [buildDockerArchive([base, top], { name: "shop:latest" })];
  await runCli(["scan", "docker-archive:-"], { databaseUrl: database.url, input });
});
afterAll(() => database.close());

describe("files", () => {
  it("lists what a container sees, and its sizes sum to the rootfs", async () => {
    const root = await json<Listed>("files", "shop");
    const { rootfsSize } = await json<{ rootfsSize: number }>("show", "shop");
    expect(root.total.bytes).toBe(rootfsSize);
    expect(paths(root).map(([path]) => path)).toEqual(["usr", "var"]);
    const bin = await json<Listed>("files", "shop", "/usr/bin/");
    expect(bin.entries).toMatchObject([
      { path: "usr/bin/app", kind: "file", mode: "0755", bytes: 1000, layer: 0, owner: { kind: "deb", name: "app" } },
      { path: "usr/bin/tool", bytes: 300, layer: 1, owner: { kind: "unowned" } },
      { path: "usr/bin/link", kind: "symlink", target: "tool", layer: 1 },
    ]);
  });

  it("lists what one layer contains, also what a container does not see, and what the layer deletes", async () => {
    expect(paths(await json("files", "shop", "usr", "--layer", "0"))).toEqual([
      ["usr/bin", 1200],
      ["usr/share", 40],
    ]);
    const { entries } = await json<Listed>("files", "shop", "usr/share", "--layer", "1");
    expect(entries).toMatchObject([{ path: "usr/share/left", kind: "whiteout", bytes: 0, owner: null }]);
    const { layers } = await json<{ layers: { contentSize: number }[] }>("show", "shop");
    for (const [i, { contentSize }] of layers.entries())
      expect((await json<Listed>("files", "shop", "--layer", String(i))).total.bytes).toBe(contentSize);
  });

  it("prints a table that counts the rows left out", async () => {
    const { stdout } = await run("files", "shop", "usr/bin", "--limit", "2");
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^Mode +Size +Files +Layer +Owner +Name$/),
      expect.stringMatching(/^-rwxr-xr-x +1000 B +– +0 +app +app$/),
      expect.stringMatching(/ 300 B +– +1 .*tool$/),
      "… 1 more row; --limit 3 shows all",
      expect.stringMatching(/^3 names, /),
      "",
    ]);
    expect((await run("files", "shop", "usr/bin/link")).stdout).toContain("link → tool");
    expect((await run("files", "shop", "usr/share", "--layer", "1")).stdout).toContain("left (deleted by this layer)");
  });

  it.each([
    [["shop", "usr/bin/ap"], "nothing at usr/bin/ap; did you mean usr/bin/app?"],
    [["shop", "usr/share/left"], "nothing at usr/share/left"],
    [["shop", "--layer", "2"], "layer 2 is out of range (0–1)"],
    [["shop", "--layer", "-1"], "expected an integer ≥ 0"],
  ])("%j is refused in one line", async (args, message) => {
    expect(await run("files", ...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});

describe("waste", () => {
  it("lists hidden files with the layers that contain and hide them", async () => {
    const waste = await json<{ total: { bytes: number } }>("waste", "shop");
    expect(waste).toMatchObject({
      files: [
        { path: "usr/bin/tool", bytes: 200, layer: 0, hiddenBy: 1 },
        { path: "usr/share/left", bytes: 40, layer: 0, hiddenBy: 1 },
      ],
      layers: [
        { index: 0, wastedSize: 240 },
        { index: 1, wastedSize: 0 },
      ],
      total: { files: 2, bytes: 240 },
    });
    expect((await json<{ wastedSize: number }>("show", "shop")).wastedSize).toBe(waste.total.bytes);
    const { stdout } = await run("waste", "shop", "--limit", "1");
    expect(stdout).toMatch(
      /^ *Bytes +Layer +Hidden by +Path\n *200 B +0 +1 +\/usr\/bin\/tool\n… 1 more row; --limit 2 shows all\n/,
    );
  });
});

describe("open", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-open-"));
  const opened = join(folder, "opened");
  afterAll(() => rmSync(folder, { recursive: true }));
  const open = (environment: NodeJS.ProcessEnv) =>
    runCli(["open", "shop"], { databaseUrl: database.url, environment: { ...environment, STRATIGRAPH_DATA: folder } });

  it("opens the page of an artifact", async () => {
    for (const name of ["xdg-open", "open"]) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho "$1" > ${opened}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const { id } = await json<{ id: string }>("show", "shop");
    const environment = { ...process.env, PATH: `${folder}:/bin:/usr/bin`, STRATIGRAPH_URL: "https://s.example/" };
    expect(await open(environment)).toMatchObject({
      status: 0,
      stdout: `https://s.example/artifacts/${id}\n`,
      stderr: "",
    });
    expect(readFileSync(opened, "utf8")).toBe(`https://s.example/artifacts/${id}\n`);
  });

  it("prints one line if there is no browser, or no server", async () => {
    const environment = { ...process.env, PATH: join(folder, "none"), STRATIGRAPH_URL: "https://s.example/" };
    expect(await open(environment)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^no browser could be opened for https:\S+\n$/),
    });
    expect(await open(process.env)).toMatchObject({ status: 4, stderr: expect.stringContaining("stratigraph serve") });
  });
});
