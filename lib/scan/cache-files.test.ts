import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { serveDirectory } from "#testing/run/serve-directory.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface ScanReport {
  readonly artifacts: readonly { readonly digest: string; readonly closureSize: number; readonly nodeCount: number }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}
interface Truth {
  readonly totals: { readonly store_paths: number; readonly store_files: number; readonly store_filebytes: number };
  readonly images: Readonly<Record<string, { root: string; paths: number; files: number; filebytes: number }>>;
}

const cache = sharedData("nix/cache-xz");
const truthFile = sharedData("nix/truth.store-vs-layers.json");
// Not in package.json: Debian has it, and without it the tests are skipped.
const NIX = "nix";
const hasNix = spawnSync(NIX, ["--version"]).status === 0;

/** Every name in every item, with its content: what a scan with --files knows. */
async function listFiles({ pool }: Database): Promise<{ readonly identity: string }[]> {
  const { rows } = await pool.query<{ identity: string }>(
    `SELECT c.identity, f.path, f.kind, f.executable, f.byte_count, f.target, encode(b.sha256, 'hex') AS sha256
     FROM store_file f JOIN component c ON c.id = f.component_id LEFT JOIN content b ON b.id = f.content_id
     ORDER BY c.identity, f.ordinal`,
  );
  return rows;
}

describe.skipIf(cache === undefined || truthFile === undefined)("the NARs of a real cache in xz", () => {
  const place = makeTestPlace();
  const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  let truth: Truth;
  beforeAll(() => {
    truth = JSON.parse(readFileSync(truthFile!, "utf8")) as Truth;
  });

  it("have the counted files, closure by closure", async () => {
    for (const [name, { root, paths, files, filebytes }] of Object.entries(truth.images)) {
      const { problems } = await json<ScanReport>("scan", `nix-cache:${cache}#${root}`, "--files", "--name", name);
      expect(problems).toEqual([]);
      const shown = await json<{ files: object }>("show", name);
      expect([name, shown.files]).toEqual([name, { items: paths, count: files, bytes: filebytes }]);
    }
    const { rows } = await place.database.pool.query(
      "SELECT count(*)::int AS paths, sum(file_count)::int AS files, sum(file_bytes)::int AS bytes FROM packed_item",
    );
    const { store_paths: known, store_files: count, store_filebytes: bytes } = truth.totals;
    expect(rows[0]).toEqual({ paths: known, files: count, bytes });
  });

  it("are fetched once: an item that is known is not asked for again", async () => {
    const server = await serveDirectory(cache!);
    const [one, other] = [truth.images["m-sqlite"]!, truth.images["m-sqlite-lua"]!];
    const database = await openTestDatabase();
    const scan = (root: string) =>
      runCliJson<ScanReport>(["scan", `nix-cache:${server.url}#${root}`, "--files"], { databaseUrl: database.url });
    await scan(one.root);
    expect(server.asked.filter((path) => path.startsWith("nar/"))).toHaveLength(one.paths);
    await scan(other.root);
    const nars = server.asked.filter((path) => path.startsWith("nar/"));
    expect(new Set(nars).size).toBe(nars.length);
    expect(nars.length).toBeLessThan(one.paths + other.paths);
    server.asked.length = 0;
    await scan(other.root);
    expect(server.asked.filter((path) => path.startsWith("nar/"))).toEqual([]);
    await Promise.all([server.stop(), database.close()]);
  });
});

describe.skipIf(cache === undefined || !hasNix)("caches that Nix writes (needs nix and the shared inputs)", () => {
  const place = makeTestPlace();
  const { folder } = place;
  let truth: Truth;
  let roots: readonly string[];
  /** For compressions that take Nix long: xz, and brotli at its slowest level. The real cache above is a large one in xz. */
  const small = ["/nix/store/1jq9a49grsj5wzb5ibw7ask4v8hq6l47-netbase-6.5"];
  let expected: readonly { readonly identity: string }[];

  const copy = (to: string, paths = roots) =>
    execFileSync(
      NIX,
      [
        ...["--extra-experimental-features", "nix-command", "copy", "--no-check-sigs", "--from"],
        ...[pathToFileURL(cache!).href, "--to", to, ...paths],
      ],
      {
        env: { ...process.env, HOME: join(folder, "home"), NIX_CONFIG: "substituters =" },
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
  const scanAll = async (paths: readonly string[], source: (root: string) => string[], database: Database) => {
    const digests = new Map<string, string>();
    for (const path of paths) {
      const args = ["scan", ...source(path), "--files", "--name", path];
      const { artifacts, problems } = await runCliJson<ScanReport>(args, { databaseUrl: database.url });
      expect(problems).toEqual([]);
      digests.set(path, artifacts[0]!.digest);
    }
    return digests;
  };
  let digests: ReadonlyMap<string, string>;

  beforeAll(async () => {
    truth = JSON.parse(readFileSync(truthFile!, "utf8")) as Truth;
    roots = ["m-base", "m-sqlite-lua"].map((name) => truth.images[name]!.root);
    mkdirSync(join(folder, "home"));
    copy(`local?root=${join(folder, "store")}`);
    const store = `nix-store:${join(folder, "store")}`;
    digests = await scanAll([...roots, ...small], (root) => [store, "--root", root], place.database);
    expected = await listFiles(place.database);
    expect(expected.length).toBeGreaterThan(400);
  }, 120_000);

  it.each(["xz", "zstd", "br", "gzip", "none"])(
    "in %s have the store's files, in a directory and over HTTP",
    {
      timeout: 120_000,
    },
    async (compression) => {
      const directory = join(folder, compression);
      const paths = ["br", "xz"].includes(compression) ? small : roots;
      copy(`${pathToFileURL(directory).href}?compression=${compression}`, paths);
      const server = await serveDirectory(directory);
      for (const at of [directory, server.url]) {
        const database = await openTestDatabase();
        for (const [path, digest] of await scanAll(paths, (root) => [`nix-cache:${at}#${root}`], database))
          expect([path, digest]).toEqual([path, digests.get(path)]);
        const files = await listFiles(database);
        const read = new Set(files.map(({ identity }) => identity));
        expect(files).toEqual(expected.filter(({ identity }) => read.has(identity)));
        expect(files.length).toBeGreaterThan(10);
        await database.close();
      }
      await server.stop();
    },
  );

  it("in a compression that is not read are named in one line, and scanned without files", async () => {
    const directory = join(folder, "bzip2");
    copy(`${pathToFileURL(directory).href}?compression=bzip2`);
    expect(readdirSync(directory)).toContain("nar");
    const database = await openTestDatabase();
    const { paths, root } = truth.images["m-base"]!;
    const run = await runCli(["scan", `nix-cache:${directory}#${root}`, "--files"], { databaseUrl: database.url });
    await database.close();
    expect(run.status).toBe(0);
    expect(run.stderr.match(/^stratigraph: warning: .*$/gm)).toHaveLength(1);
    expect(run.stderr).toContain(`NARs in bzip2 are not read (those in zstd, xz, br, gzip, none are)`);
    expect(run.stderr).toContain(`the files of ${paths} items are left out`);
  });
});

const publish = sharedData("guix/publish");
describe.skipIf(publish === undefined)("a cache of Guix, which offers each NAR in several compressions", () => {
  const place = makeTestPlace();

  it("is read in the one that is quickest to decompress if no sizes are given", async () => {
    const source = `nix-cache:${publish}#klrkh0f6br4z4samp7qbv8axwa9y2k34`;
    // The folder has the NAR in zstd alone; the narinfo names gzip before it.
    const { problems } = await runCliJson<ScanReport>(["scan", source, "--files", "--name", "guix"], {
      databaseUrl: place.database.url,
    });
    expect(problems).toEqual([]);
    const shown = await runCliJson<{ files: object }>(["show", "guix"], { databaseUrl: place.database.url });
    expect(shown.files).toEqual({ items: 1, count: 7, bytes: 22_617 });
    expect(shown).not.toHaveProperty("downloadSize");
  });
});
