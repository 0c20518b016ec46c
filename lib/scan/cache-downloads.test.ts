import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { listCachedClosure, sumFileSizes } from "#testing/oracles/narinfo-sums.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { buildServedLayer, serveImages, type ToyRegistry } from "#testing/run/toy-registry.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Figure {
  readonly rung: string;
  readonly bytes: number | null;
  readonly units: number;
  readonly estimated: boolean;
}
interface Savings {
  readonly download: readonly Figure[];
  readonly rungs: readonly {
    readonly rung: string;
    readonly bytes: number | null;
    readonly marginal: (number | null)[];
  }[];
}
interface Overlap {
  readonly cells: readonly { readonly in: readonly string[]; readonly bytes: number; readonly units: number }[];
}

const cache = sharedData("nix/cache-xz");
const database = sharedData("nix/mini-db");
const BASE = "2gywj485ximfkmbd1c55cnv4w04d54v6";
const SQLITE = "9z8ji8vb7caivvnxizb6dw1hz0g4qbw7";

describe.skipIf(cache === undefined || database === undefined)("the downloads of closures from a binary cache", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const download = async (...names: string[]) =>
    new Map((await json<Savings>("savings", ...names)).download.map(({ rung, ...figure }) => [rung, figure]));
  const layer = gzipSync(buildTar([{ path: "a", body: "a".repeat(5000) }]));
  const served = buildServedLayer([{ path: "etc/motd", body: "hello" }]);
  let registry: ToyRegistry;
  const closureOf = (hash: string) => listCachedClosure(cache!, hash);
  const sumOf = (...hashes: string[]) => sumFileSizes(cache!, new Set(hashes.flatMap((hash) => [...closureOf(hash)])));

  beforeAll(async () => {
    await json("scan", `nix-cache:${cache}#${BASE}`, "--name", "base");
    await json("scan", `nix-cache:${cache}#${SQLITE}`, "--name", "sqlite");
    writeFileSync(join(folder, "image.tar"), buildDockerArchive([layer], { name: "image:1" }));
    await json("scan", `docker-archive:${join(folder, "image.tar")}`);
    registry = await serveImages([{ repository: "app", tag: "1", layers: [served] }]);
    await json("scan", `docker://${registry.host}/app:1`, "--manifests-only", "--name", "manifest");
  });
  afterAll(() => registry.stop());

  it("are the sums of the narinfos' file sizes, each path once on blob", async () => {
    const figures = await download("base", "sqlite");
    const [one, other] = [sumOf(BASE), sumOf(SQLITE)];
    const units = closureOf(BASE).size + closureOf(SQLITE).size;
    expect(figures.get("unshared")).toEqual({ bytes: one + other, units, estimated: false });
    const united = new Set([...closureOf(BASE), ...closureOf(SQLITE)]);
    expect(figures.get("blob")).toEqual({ bytes: sumFileSizes(cache!, united), units: united.size, estimated: false });
    // Below, each item at its own compression.
    expect(figures.get("package")).toMatchObject({ bytes: sumFileSizes(cache!, united), estimated: true });
    expect(sumOf(BASE, SQLITE)).toBeLessThan(one + other);
  });

  it("of the whole cache are those of all its narinfos", async () => {
    await json("scan", `nix-cache:${cache}`, "--name", "whole");
    const hashes = readdirSync(cache!).flatMap((name) => (name.endsWith(".narinfo") ? [name.slice(0, 32)] : []));
    const sum = sumFileSizes(cache!, hashes);
    expect((await download("whole")).get("blob")).toEqual({ bytes: sum, units: hashes.length, estimated: false });
    expect(await json("show", "whole")).toMatchObject({ downloadSize: sum });
  });

  it("add to those of images", async () => {
    const figures = await download("base", "image:1");
    const expected = { bytes: sumOf(BASE) + layer.length, units: closureOf(BASE).size + 1, estimated: false };
    expect([figures.get("unshared"), figures.get("blob")]).toEqual([expected, expected]);
  });

  it("add to those of images that are known by their manifests, rung by rung", async () => {
    const { rungs, download: figures } = await json<Savings>("savings", "base", "sqlite", "manifest");
    const [one, other, union] = [sumOf(BASE), sumOf(SQLITE), sumOf(BASE, SQLITE)];
    expect(rungs.map(({ rung, bytes }) => [rung, bytes])).toEqual([
      ["unshared", one + other + served.size],
      ["chain", union + served.size],
      ["layer", union + served.size],
      ["blob", union + served.size],
    ]);
    expect(rungs[3]!.marginal).toEqual([union - other, union - one, served.size]);
    expect(figures.map(({ bytes }) => bytes)).toEqual([one + other + served.size, union + served.size]);
    const { cells } = await json<Overlap>("overlap", "base", "sqlite", "manifest", "--rung", "blob");
    expect(cells.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(union + served.size);
    expect(cells.find((cell) => cell.in.length === 2)?.bytes).toBe(one + other - union);
  });

  it("of a part of a closure are those of the part", async () => {
    const [netbase] = [...closureOf(BASE)].filter((hash) => hash.startsWith("1jq9a49g"));
    const path = /^StorePath: (.*)$/m.exec(readFileSync(join(cache!, `${netbase}.narinfo`), "utf8"))![1]!;
    const whole = /^StorePath: (.*)$/m.exec(readFileSync(join(cache!, `${BASE}.narinfo`), "utf8"))![1]!;
    await json("scan", `nix-cache:${cache}`, "--root", path, "--root", whole, "--name", "two");
    const expected = sumOf(netbase!);
    expect((await download(path)).get("blob")).toMatchObject({ bytes: expected, units: closureOf(netbase!).size });
    const { rungs } = await json<Savings>("savings", path, "manifest");
    expect(rungs[3]).toMatchObject({ rung: "blob", bytes: expected + served.size });
  });
});

describe.skipIf(cache === undefined || database === undefined)("the downloads of a store's closure", () => {
  const place = makeTestPlace();
  const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const pathOf = (hash: string) =>
    /^StorePath: (.*)$/m.exec(readFileSync(join(cache!, `${hash}.narinfo`), "utf8"))![1]!;
  const scanStore = (hash: string, name: string) =>
    json("scan", `nix-store:${database}`, "--root", pathOf(hash), "--name", name);
  const blob = async (...names: string[]) =>
    (await json<Savings>("savings", ...names)).download.find(({ rung }) => rung === "blob");

  it("are unknown, never its NAR sizes, until its paths are seen in a cache", async () => {
    await scanStore(SQLITE, "sqlite");
    const { download } = await json<Savings>("savings", "sqlite");
    expect(download.map(({ bytes }) => bytes)).toEqual(download.map(() => null));
    expect("downloadSize" in (await json<object>("show", "sqlite"))).toBe(false);
    const { stdout } = await runCli(["savings", "sqlite"], { databaseUrl: place.database.url });
    expect(stdout).toContain("not known");
    // The same closure, now from the cache: the artifact is known, and its downloads are added.
    const scanned = await json<{ artifacts: { known: boolean }[] }>("scan", `nix-cache:${cache}#${SQLITE}`);
    expect(scanned.artifacts).toMatchObject([{ known: true }]);
    expect(await blob("sqlite")).toMatchObject({
      bytes: sumFileSizes(cache!, listCachedClosure(cache!, SQLITE)),
      estimated: false,
    });
  });

  it("are known for the paths that it shares with another closure of the set from a cache", async () => {
    await scanStore(BASE, "base");
    expect(await blob("base")).toMatchObject({ bytes: null });
    const united = new Set([...listCachedClosure(cache!, SQLITE), ...listCachedClosure(cache!, BASE)]);
    const isInside = united.size === listCachedClosure(cache!, SQLITE).size;
    const bytes = isInside ? sumFileSizes(cache!, united) : null;
    expect(await blob("base", "sqlite")).toMatchObject({ bytes, units: united.size });
  });
});
