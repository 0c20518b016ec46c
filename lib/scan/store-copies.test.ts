import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { serveHttp, type TestServer } from "#testing/run/http-server.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface ScanReport {
  readonly artifacts: readonly { readonly name: string; readonly digest: string; readonly closureSize: number }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

const folder = mkdtempSync(join(tmpdir(), "stratigraph-cache-test-"));
const nix = sharedData("nix");
const ROOT = "a".repeat(32);
const LEAF = "b".repeat(32);

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const scan = (source: string, ...options: string[]) =>
  runCliJson<ScanReport>(["scan", source, ...options], { databaseUrl: database.url });
const refuse = (source: string) => runCli(["scan", source], { databaseUrl: database.url });

function narInfo(hash: string, references: readonly string[], path = `/nix/store/${hash}-x-1`): string {
  const listed = references.map((each) => `${each}-x-1`).join(" ");
  return `StorePath: ${path}\nURL: nar/${hash}\nNarHash: sha256:${"0".repeat(64)}\nNarSize: 100\nReferences: ${listed}\n`;
}

/** A cache over HTTP with these narinfos; `asked` are the hashes it was asked for. */
async function serveCache(narInfos: Readonly<Record<string, string>>): Promise<TestServer & { asked: string[] }> {
  const asked: string[] = [];
  const server = await serveHttp(({ url }, response) => {
    const hash = url!.slice(1).replace(".narinfo", "");
    asked.push(hash);
    const text = narInfos[hash];
    if (text === undefined) response.writeHead(404).end();
    else response.end(text);
  });
  return { ...server, asked };
}

describe("a binary cache", () => {
  it("is walked from a path, each narinfo once, whatever circles it has", async () => {
    const cache = await serveCache({ [ROOT]: narInfo(ROOT, [ROOT, LEAF]), [LEAF]: narInfo(LEAF, [ROOT]) });
    const { artifacts, problems } = await scan(`nix-cache:${cache.url}#${ROOT}`);
    await cache.stop();
    expect(artifacts).toMatchObject([{ name: "x-1", closureSize: 200 }]);
    expect(problems).toEqual([]);
    expect(cache.asked.toSorted()).toEqual([ROOT, LEAF]);
  });

  it("says which references it does not have", async () => {
    const cache = await serveCache({ [ROOT]: narInfo(ROOT, [LEAF]) });
    const { problems } = await scan(`nix-cache:${cache.url}#${ROOT}`);
    await cache.stop();
    expect(problems).toMatchObject([{ code: "missing-target" }]);
  });

  it("is refused if it has another path under the hash, or not the path at all", async () => {
    const cache = await serveCache({ [ROOT]: narInfo(LEAF, []) });
    expect(await refuse(`nix-cache:${cache.url}#${ROOT}`)).toMatchObject({ status: 3 });
    const missing = await refuse(`nix-cache:${cache.url}#${LEAF}`);
    await cache.stop();
    expect(missing).toMatchObject({ status: 3 });
    expect(missing.stderr).toContain("the cache does not have this path");
  });

  it("is refused if a narinfo is longer than any real one", async () => {
    const cache = await serveCache({ [ROOT]: narInfo(ROOT, new Array(30_000).fill(LEAF)) });
    const run = await refuse(`nix-cache:${cache.url}#${ROOT}`);
    await cache.stop();
    expect([run.status, run.stderr]).toEqual([3, expect.stringContaining("more than 1048576 bytes")]);
  });

  it("needs a hash behind the sharp", async () => {
    expect(await refuse("nix-cache:http://127.0.0.1:1/#x")).toMatchObject({ status: 2 });
    expect(await refuse("nix-cache:http://127.0.0.1:1/")).toMatchObject({ status: 2 });
  });
});

it("refuses a path-info file that is none, in one line", async () => {
  const file = join(folder, "wrong.json");
  writeFileSync(file, '{"a": 1}');
  const run = await refuse(`path-info:${file}`);
  expect(run.status).toBe(3);
  expect(run.stderr.trim().split("\n")).toHaveLength(1);
  expect(await refuse(`path-info:${join(folder, "missing.json")}`)).toMatchObject({ status: 4 });
});

describe.skipIf(nix === undefined)("the same closure from its store, its cache and its path-info", () => {
  it("has the same digest, path by path", async () => {
    const truth = JSON.parse(readFileSync(`${nix}/mini-db/nix-mini.path-info.all-S.json`, "utf8")) as Record<
      string,
      { closureSize: number }
    >;
    const cache = `${nix}/cache-xz`;
    const isCached = (path: string) => existsSync(`${cache}/${path.slice("/nix/store/".length).split("-")[0]}.narinfo`);
    const roots = Object.keys(truth).filter((path) => path.includes("-image-m-") && isCached(path));
    expect(roots).toHaveLength(7);
    for (const root of roots) {
      const [fromCache] = (await scan(`nix-cache:${cache}#${root}`)).artifacts;
      const [fromStore] = (await scan(`nix-store:${nix}/mini-db`, "--root", root)).artifacts;
      expect(fromCache).toMatchObject({ digest: fromStore!.digest, closureSize: truth[root]!.closureSize });
    }
  });

  it("and from a document of 4,980 paths", async () => {
    const drv = `${nix}/nixpkgs-15.09-drv`;
    const [json, db] = [join(folder, "info.json"), join(folder, "db.sqlite")];
    await pipeline(
      createReadStream(`${drv}/path-info.all-S.json.zst`),
      createZstdDecompress(),
      createWriteStream(json),
    );
    await pipeline(createReadStream(`${drv}/db.sqlite.zst`), createZstdDecompress(), createWriteStream(db));
    const [fromInfo] = (await scan(`path-info:${json}`)).artifacts;
    const [fromStore] = (await scan(`nix-store:${db}`)).artifacts;
    expect(fromInfo).toMatchObject({ digest: fromStore!.digest, closureSize: fromStore!.closureSize });
  });

  it("and Guix's narinfos are read as well", async () => {
    const publish = sharedData("guix/publish")!;
    expect(existsSync(publish)).toBe(true);
    const { artifacts } = await scan(`nix-cache:${publish}`);
    expect(artifacts).toHaveLength(1);
  });
});
