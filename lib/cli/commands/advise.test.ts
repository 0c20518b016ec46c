import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { PLANTED_WASTE } from "#testing/builders/planted-waste.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file, makeStore, naiveNar, type TestItem } from "#testing/builders/store-items.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const MINI = sharedData("fleet-mini/oci");

interface Advice {
  readonly artifacts: readonly string[];
  readonly items: readonly {
    readonly class: string;
    readonly bytes: number;
    readonly ownBytes: number;
    readonly count: number;
    readonly estimated: boolean;
    readonly what: string;
    readonly how: string;
    readonly layer: number | null;
  }[];
  readonly total: { readonly bytes: number; readonly of: number };
  readonly checked: readonly string[];
}

interface Closure {
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly selfSize: number }[];
}

describe("advise", () => {
  const place = makeTestPlace();
  const askJson = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const scan = async (name: string, layers: readonly (readonly TarMember[])[]) => {
    const archive = join(place.folder, `${name}.tar`);
    writeFileSync(
      archive,
      buildDockerArchive(
        layers.map((layer) => buildTar(layer)),
        { name: `${name}:1` },
      ),
    );
    await askJson("scan", `docker-archive:${archive}`);
    return `${name}:1`;
  };
  const sizeOf = async (name: string) => (await askJson<{ layersContentSize: number }>("show", name)).layersContentSize;

  it.each(PLANTED_WASTE)("finds planted $class to the byte, and removing it frees what it said", async (waste) => {
    const name = await scan(waste.class.toLowerCase(), waste.layers);
    const { items, total } = await askJson<Advice>("advise", name);
    expect(items.find((item) => item.class === waste.class)).toMatchObject({
      bytes: waste.bytes,
      count: waste.count,
      estimated: false,
      what: expect.any(String),
      how: expect.any(String),
    });
    const mended = await scan(`${waste.class.toLowerCase()}-mended`, waste.mended);
    expect((await sizeOf(name)) - (await sizeOf(mended))).toBe(waste.bytes);
    const after = await askJson<Advice>("advise", mended);
    expect(after.items.find((item) => item.class === waste.class)).toBeUndefined();
    expect(total.bytes - after.total.bytes).toBe(waste.bytes);
  });

  it("says that nothing can go, and how much was checked", async () => {
    const name = await scan("clean", [[{ path: "app", body: "x".repeat(10) }]]);
    expect(await askJson("advise", name)).toMatchObject({ items: [], total: { bytes: 0, of: 10 } });
    const { stdout } = await runCli(["advise", name], { databaseUrl: place.database.url });
    expect(stdout).toBe("Nothing to remove. 12 classes checked.\n");
  });

  it("counts a byte of several classes once, in the largest", async () => {
    const name = await scan("several", [
      [
        // A translated manual twice, in the folder of translations and in that of manuals.
        { path: "usr/share/locale/de/share/man/x.1", body: "m".repeat(100) },
        { path: "usr/share/man/y.1", body: "n".repeat(900) },
        { path: "usr/share/man/z.1", body: "m".repeat(100) },
      ],
    ]);
    const { items, total } = await askJson<Advice>("advise", name);
    expect(items.map(({ class: each, bytes, ownBytes }) => [each, bytes, ownBytes])).toEqual([
      ["documentation", 1100, 1100],
      ["locales", 100, 0],
      ["duplicates", 100, 0],
    ]);
    expect(total.bytes).toBe(1100);
  });

  it("takes npm install -g for asked for, beside a project that names its packages", async () => {
    const pack = (path: string, name: string, dependencies: object = {}): TarMember => {
      return { path: `${path}/package.json`, body: JSON.stringify({ name, version: "1.0.0", dependencies }) };
    };
    const name = await scan("global", [
      [
        pack("app", "app", { wanted: "1.0.0" }),
        pack("app/node_modules/wanted", "wanted"),
        pack("app/node_modules/left", "left"),
        pack("usr/lib/node_modules/tool", "tool", { part: "1.0.0" }),
        pack("usr/lib/node_modules/tool/node_modules/part", "part"),
      ],
    ]);
    const { items } = await askJson<Advice>("advise", name);
    expect(items).toMatchObject([{ class: "unreached", count: 1, largest: [{ name: "left 1.0.0" }] }]);
  });

  it("lists what nothing needs that has to run, and counts each byte once beside other classes", async () => {
    const { layers } = PLANTED_WASTE.find((waste) => waste.class === "unreached")!;
    const name = await scan("keep", [[...layers[0]!, { path: "srv/free", body: "f".repeat(90) }]]);
    const answer = await askJson<Advice>("advise", name, "--keep", "app");
    // Of four packages, app needs lib, and neither needs the other two, which no root reaches.
    expect(answer.items).toMatchObject([
      { class: "unreached", bytes: 1600, ownBytes: 1600 },
      { class: "unneeded", bytes: 1600, ownBytes: 0, count: 2 },
    ]);
    expect(answer.total.bytes).toBe(1600);
    expect(answer).toMatchObject({ keep: { chosen: [{ name: "app" }], needed: { count: 2, bytes: 500 } } });
    expect((await askJson<Advice>("advise", name, "--keep", "left", "--keep", "app")).items).toMatchObject([
      { class: "unreached", bytes: 1600 },
    ]);
    const { stdout } = await runCli(["advise", name, "--keep", "app"], { databaseUrl: place.database.url });
    expect(stdout).toContain("app needs 2 of 4 components, 500 B; the other 2 have 1.6 KiB\n");
  });

  it("says in one line which name of what has to run is wrong, and that it is chosen in one artifact", async () => {
    const name = await scan("keep-wrong", [[{ path: "app", body: "x" }]]);
    const run = (...args: string[]) => runCli(["advise", ...args], { databaseUrl: place.database.url });
    expect(await run(name, "--keep", "nothing")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no node is named nothing"),
    });
    await scan("keep-other", [[{ path: "app", body: "y" }]]);
    expect(await run(name, "keep-other:1", "--keep", "a")).toMatchObject({
      status: 2,
      stderr: "stratigraph: error: what has to run is chosen in one artifact, and these are 2\n",
    });
  });

  it("keeps a file that has another name elsewhere", async () => {
    const name = await scan("linked", [
      [
        { path: "usr/share/doc/example", body: "e".repeat(100) },
        { path: "usr/bin/example", type: "1", link: "usr/share/doc/example" },
        { path: "usr/share/doc/only", body: "o".repeat(30) },
        { path: "usr/share/doc/also", type: "1", link: "usr/share/doc/only" },
      ],
    ]);
    const { items } = await askJson<Advice>("advise", name);
    expect(items).toMatchObject([{ class: "documentation", bytes: 30, count: 1 }]);
  });

  it.skipIf(MINI === undefined)("claims as hidden what the scan found wasted, on real images", async () => {
    await askJson("scan", `oci:${MINI}`);
    const { artifacts } = await askJson<{ artifacts: { id: string }[] }>("list");
    for (const { id } of artifacts) {
      const { wastedSize } = await askJson<{ wastedSize: number }>("show", id);
      const { items, total } = await askJson<Advice>("advise", id);
      expect(items.find((item) => item.class === "wasted")?.bytes ?? 0).toBe(wastedSize);
      expect(items.reduce((sum, { ownBytes }) => sum + ownBytes, 0)).toBe(total.bytes);
    }
  });

  it.skipIf(MINI === undefined)(
    "finds unneeded what is not in the closure of what has to run, on real images",
    async () => {
      await askJson("scan", `oci:${MINI}`);
      const { artifacts } = await askJson<{ artifacts: { id: string; nodeCount: number }[] }>("list");
      for (const { id } of artifacts.filter(({ nodeCount }) => nodeCount > 20)) {
        const { nodes } = await askJson<Closure>("closure", id);
        const packages = nodes.filter(({ kind }) => !["unowned", "manager", "binary"].includes(kind));
        for (const { id: root } of packages.slice(0, 4)) {
          const needed = new Set((await askJson<Closure>("closure", id, "--root", root)).nodes.map((node) => node.id));
          const rest = packages.filter((node) => !needed.has(node.id));
          const { items } = await askJson<Advice>("advise", id, "--keep", root);
          expect(items.find((item) => item.class === "unneeded")?.bytes ?? 0).toBe(
            rest.reduce((sum, { selfSize }) => sum + selfSize, 0),
          );
        }
      }
    },
  );

  it("names the dead paths of a store, and equal files in the others; what goes frees what it said", async () => {
    const path = (seed: number, name: string) => testStorePath(seed, name);
    const same = file("s".repeat(5000));
    const kept = {
      path: path(1, "kept-1"),
      tree: directory({ a: same, b: file("kept") }),
      references: [path(2, "part-1")],
    };
    const part = { path: path(2, "part-1"), tree: directory({ same, c: file("part") }) };
    const dead = { path: path(3, "dead-1"), tree: directory({ d: file("d".repeat(3000)) }) };
    const scanStore = async (name: string, items: readonly TestItem[]) => {
      const root = join(place.folder, name);
      makeStore(root, items);
      mkdirSync(join(root, "nix/var/nix/gcroots"), { recursive: true });
      symlinkSync(kept.path, join(root, "nix/var/nix/gcroots/kept"));
      await askJson("scan", `nix-store:${root}`, "--files", "--name", name);
      return askJson<Advice>("advise", name);
    };
    const before = await scanStore("store", [kept, part, dead]);
    const deadSize = naiveNar(dead.tree).length;
    expect(before.items).toMatchObject([
      { class: "duplicates", bytes: 5000, count: 1, command: "nix-store --optimise" },
      { class: "unreached", bytes: deadSize, count: 1, command: "nix-collect-garbage" },
    ]);
    const after = await scanStore("collected", [kept, part]);
    expect(before.total.of - after.total.of).toBe(deadSize);
    expect(after.items).toMatchObject([{ class: "duplicates", bytes: 5000 }]);
  });

  describe("for a set", () => {
    const shared: TarMember[] = [{ path: "usr/share/doc/a", body: "a".repeat(1000) }];
    const top: TarMember[] = [{ path: "srv/top", body: "t".repeat(400) }];
    beforeAll(async () => {
      await scan("one", [shared, top]);
      await scan("two", [[{ path: "other", body: "o".repeat(50) }], top]);
      await scan("three", [shared, [{ path: "usr/share/doc/.wh.a" }]]);
    });

    it("counts equal layers on different bases beyond the first", async () => {
      const { items, artifacts } = await askJson<Advice>("advise", "one:1", "two:1");
      expect(artifacts).toHaveLength(2);
      expect(items).toMatchObject([
        { class: "documentation", bytes: 1000, count: 1 },
        { class: "orderPenalty", bytes: 400, count: 1, ownBytes: 400 },
      ]);
      const { orderPenalty } = await askJson<{ orderPenalty: number }>("savings", "one:1", "two:1");
      expect(items[1]!.bytes).toBe(orderPenalty);
    });

    it("claims what one image hides for the class it has in the others", async () => {
      const { items, total } = await askJson<Advice>("advise", "one:1", "three:1");
      expect(items).toMatchObject([{ class: "documentation", bytes: 1000 }]);
      expect(total).toEqual({ bytes: 1000, of: 1400 });
    });

    it("counts nothing as hidden that another of its images shows", async () => {
      const base: TarMember[] = [{ path: "srv/data", body: "d".repeat(70) }];
      await scan("shows", [base]);
      await scan("hides", [base, [{ path: "srv/.wh.data" }]]);
      expect(await askJson("advise", "hides:1")).toMatchObject({ total: { bytes: 70, of: 70 } });
      expect(await askJson("advise", "hides:1", "shows:1")).toMatchObject({ items: [], total: { bytes: 0, of: 70 } });
    });
  });
});
