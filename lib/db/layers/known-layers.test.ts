import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { parseDiffId, parseDigest } from "#lib/model/digest.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";
import type { Database } from "../server/database.ts";
import { openKnownLayers } from "./known-layers.ts";

const LIMITS = { entries: 1000, documentBytes: 1_000_000 };

/** A pool in which `rm` runs just before the first query that contains this text. */
class InterruptedPool extends pg.Pool {
  constructor(config: pg.PoolConfig, text: string, remove: () => Promise<void>) {
    super(config);
    const query = this.query.bind(this) as (...args: unknown[]) => Promise<unknown>;
    const interrupted = async (...args: unknown[]) => {
      if (JSON.stringify(args).includes(text)) await remove();
      return query(...args);
    };
    this.query = interrupted as typeof this.query;
  }
}

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it.each(["layer_entry", "layer_document"])("a layer removed before its %s is read counts as unknown", async (table) => {
  const layer = buildTar([
    { path: "var/lib/dpkg/status", body: "Package: a\nStatus: install ok installed\nVersion: 1\n" },
  ]);
  await runCli(["scan", "docker-archive:-"], { databaseUrl: database.url, input: [buildDockerArchive([layer])] });
  const { rows } = await database.pool.query<{ id: number; digest: string; diff: string }>(
    `SELECT p.artifact_id AS id, 'sha256:' || encode(b.digest, 'hex') AS digest, 'sha256:' || encode(l.diff_id, 'hex') AS diff
     FROM layer l JOIN blob b ON b.layer_id = l.id JOIN image_layer p ON p.layer_id = l.id`,
  );
  const { id, digest, diff } = rows[0]!;
  const claim = { digest: parseDigest(digest)!, diffId: parseDiffId(diff)!, storedSize: undefined };
  expect(await openKnownLayers(database.pool, { readBy: "this version" }).load([claim], LIMITS)).toMatchObject([
    { diffId: diff },
  ]);
  const pool = new InterruptedPool(database.config, table, () => removeArtifact(database.pool, id));
  expect(await openKnownLayers(pool, { readBy: "this version" }).load([claim], LIMITS)).toEqual([undefined]);
  await pool.end();
});
