import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { debRecord } from "#testing/builders/packages.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Closure {
  nodes: { id: string; name: string; rootReason?: string; retainedSize: number }[];
}

const PACKAGES = {
  base: { Essential: "yes" },
  asked: { Depends: "base" },
  run: { Depends: "base" },
  chicken: { Depends: "egg" },
  egg: { Depends: "chicken" },
};
const AUTOMATIC = ["run", "chicken", "egg"];
const layer = buildTar([
  { path: "srv/data", body: "nobody's" },
  ...Object.keys(PACKAGES).flatMap((name) => [
    { path: `usr/bin/${name}`, body: name },
    { path: `var/lib/dpkg/info/${name}.list`, body: `/usr/bin/${name}\n` },
  ]),
  {
    path: "var/lib/dpkg/status",
    body: Object.entries(PACKAGES)
      .map(([name, fields]) => debRecord(name, fields))
      .join(""),
  },
  {
    path: "var/lib/apt/extended_states",
    body: AUTOMATIC.map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n`).join("\n"),
  },
]);

describe("why a node is a root", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const [kept, needed, dead] = ["kept-1", "needed-1", "dead-1"].map((name, i) => testStorePath(i + 1, name)) as [
    string,
    string,
    string,
  ];
  const ask = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const say = async (...args: string[]) => (await runCli(args, { databaseUrl: place.database.url })).stdout.trim();
  const listReasons = async (artifact: string) => {
    const { nodes } = await ask<Closure>("closure", artifact);
    return Object.fromEntries(nodes.map(({ name, rootReason }) => [name, rootReason]));
  };

  beforeAll(async () => {
    const input = [
      buildDockerArchive([layer], { name: "image", config: { config: { Entrypoint: ["/usr/bin/run"] } } }),
    ];
    await runCliJson(["scan", "docker-archive:-"], { databaseUrl: place.database.url, input });
    makeStore(folder, [
      { path: kept, tree: file("k"), references: [needed] },
      { path: needed, tree: file("n") },
      { path: dead, tree: file("d") },
    ]);
    mkdirSync(join(folder, "nix/var/nix/gcroots"), { recursive: true });
    symlinkSync(kept, join(folder, "nix/var/nix/gcroots/kept"));
    await ask("scan", `nix-store:${folder}`, "--name", "store");
    await ask("scan", `nix-store:${folder}`, "--root", needed, "--name", "closure");
  });

  it("is the first that applies, and only explicit installs count as asked for", async () => {
    expect(await listReasons("image")).toEqual({
      base: undefined,
      asked: "named",
      run: "entrypoint",
      chicken: "unreferred",
      egg: "unreferred",
      unowned: "unowned",
      "apt records": "unowned",
      "dpkg database": "unowned",
    });
    expect(await listReasons("store")).toEqual({ kept: "collector", needed: undefined, dead: "unreferred" });
    expect(await listReasons("closure")).toEqual({ needed: "named" });
  });

  it("is printed by why", async () => {
    expect(await say("why", "image", "asked")).toBe("asked 1 is a root itself: it was asked for by name");
    expect(await say("why", "image", "run")).toBe("run 1 is a root itself: the image runs it");
    expect((await say("why", "image", "egg")).split("\n")).toEqual([
      "egg 1 is a root itself: nothing else refers to it",
      "chicken 1 → egg 1",
      "egg 1, chicken 1 need each other",
    ]);
    expect(await say("why", "image", "unowned")).toMatch(/is a root itself: no package owns these files$/);
    expect(await say("why", "store", kept)).toBe("kept 1 is a root itself: the garbage collector keeps it");
  });

  it("is kept when measures are updated, and roots that complete the graph are computed again", async () => {
    const before = await ask<Closure>("closure", "image");
    // The data of an older version: of a cycle only the lowest member.
    await place.database.pool.query(
      `UPDATE node SET root = false, root_reason = NULL FROM component c
       WHERE c.id = component_id AND c.name = 'egg'`,
    );
    await ask("migrate", "--rebuild");
    expect(await ask<Closure>("closure", "image")).toEqual(before);
  });
});
