import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadChunkSets } from "#lib/db/queries/load-chunk-sets.ts";
import type { Database } from "#lib/db/server/database.ts";
import { CHUNK_SIZES, type ChunkSizes } from "#lib/model/chunk.ts";
import { readLayoutBodies } from "#testing/builders/layout-bodies.ts";
import { naiveChunkLengths } from "#testing/oracles/naive-chunks.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Chunked {
  artifacts: { name: string; chunks: number; chunkBytes: number; uncut: number }[];
}

const FINER: ChunkSizes = { minBytes: 4096, averageBytes: 16_384, maxBytes: 65_536 };
const fleet = sharedData("fleet-mini/oci");

/** Bytes of the distinct chunks of all files in a layout's layers: Node's gunzip, the definition of a chunk, a set. */
function naiveChunkBytes(layout: string, sizes: ChunkSizes): number {
  const bodies = new Map<string, Uint8Array>();
  const chunks = new Map<string, number>();
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  for (const body of readLayoutBodies(layout)) bodies.set(hash(body), body);
  for (const body of bodies.values()) {
    let at = 0;
    for (const length of naiveChunkLengths(body, sizes)) {
      chunks.set(hash(body.subarray(at, at + length)), length);
      at += length;
    }
  }
  return [...chunks.values()].reduce((sum, length) => sum + length, 0);
}

describe.skipIf(fleet === undefined)("the chunks of fleet-mini's seven images", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const copy = join(folder, "oci");
  const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
  const runJson = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const listIds = async () =>
    (await place.database.pool.query<{ id: number }>("SELECT id FROM artifact ORDER BY id")).rows;

  beforeAll(async () => {
    cpSync(fleet!, copy, { recursive: true });
  });

  async function unionBytes(sizes: ChunkSizes): Promise<number> {
    const ids = (await listIds()).map(({ id }) => id);
    const union = new Map<number, number>();
    for (const set of await loadChunkSets(place.database.pool, ids, sizes)) {
      expect(set).toMatchObject({ uncutCount: 0, uncutBytes: 0 });
      for (const [i, id] of set.chunkId.entries()) union.set(id, set.byteCount[i]!);
    }
    return [...union.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  it("are not cut without --chunks, and each set counts the uncut bytes", async () => {
    await runJson("scan", `oci:${copy}`);
    const sets = await loadChunkSets(
      place.database.pool,
      (await listIds()).map(({ id }) => id),
      CHUNK_SIZES,
    );
    expect(sets.map(({ chunkId }) => chunkId.length)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    for (const set of sets) expect(set.uncutBytes).toBeGreaterThan(10_000_000);
  });

  it("cut on demand match the definition, and have no more bytes than the files", async () => {
    const names = (await runJson<Chunked>("list")).artifacts.map(({ name }) => name);
    const { artifacts } = await runJson<Chunked>("chunks", ...names);
    expect(artifacts.map(({ uncut }) => uncut)).toEqual(names.map(() => 0));
    const bytes = await unionBytes(CHUNK_SIZES);
    const ladder: { file: number } = JSON.parse(readFileSync(sharedData("fleet-mini/ladder.json")!, "utf8"));
    expect(bytes).toBeLessThanOrEqual(ladder.file);
    expect(bytes).toBe(naiveChunkBytes(fleet!, CHUNK_SIZES));
  });

  it("cut while scanning are the same, with the same use counts", async () => {
    const fresh = await openTestDatabase();
    await runCliJson(["scan", "--chunks", `oci:${copy}`], { databaseUrl: fresh.url });
    const listChunks = async ({ pool }: Database) => {
      const { rows } = await pool.query("SELECT sha256, byte_count, use_count FROM chunk ORDER BY sha256");
      return rows;
    };
    const cut = await listChunks(fresh);
    await fresh.close();
    expect(cut.length).toBeGreaterThan(900);
    expect(cut).toEqual(await listChunks(place.database));
  });

  it("of other sizes are stored beside them by a second scan of known images", async () => {
    const coarser = await unionBytes(CHUNK_SIZES);
    const again = await run("scan", "--chunk-sizes", "4/16/64", `oci:${copy}`);
    expect(again.stderr.match(/already known/g)).toHaveLength(7);
    expect(await unionBytes(FINER)).toBeLessThan(coarser);
    expect(await unionBytes(CHUNK_SIZES)).toBe(coarser);
  });

  it("cannot be cut without the source: one line, exit 4", async () => {
    rmSync(copy, { recursive: true });
    const known = await run("chunks", "m-lua");
    expect(known.status).toBe(0);
    const refused = await run("chunks", "m-lua", "--chunk-sizes", "2/8/32");
    expect(refused.status).toBe(4);
    expect(refused.stderr.trim().split("\n")).toHaveLength(1);
    expect(refused.stderr).toMatch(/m-lua: .* not found in oci:.* any more .*scan it with --chunks/);
  });

  it("are removed with the last image that has them", async () => {
    const { artifacts } = await runJson<Chunked>("list");
    for (const { name } of artifacts) await run("rm", name);
    const { rows } = await place.database.pool.query(
      "SELECT (SELECT count(*) FROM chunk)::int AS chunks, (SELECT count(*) FROM content_chunk)::int AS cut",
    );
    expect(rows).toEqual([{ chunks: 0, cut: 0 }]);
  });
});
