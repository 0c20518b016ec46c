import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerRemoval } from "#lib/answers/freed.ts";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { answerFamily, answerLineage, answerLineageOverview } from "./answer-lineage.ts";

const IMAGES = 1000;
/** Images on each base, as far as there are some. */
const FAN = 3;
/** Families at the bottom. */
const ROOTS = 5;

/** An image of the tree: one layer more than its base has. Some layers of different bases are the same. */
interface Made {
  readonly base: number;
  /** Layer and chain, the lowest first. */
  readonly layers: readonly { readonly layer: number; readonly chain: string }[];
}

const made: Made[] = [];
for (let i = 0; i < IMAGES; i++) {
  const base = i < ROOTS ? -1 : Math.floor((i - ROOTS) / FAN);
  const below = made[base]?.layers ?? [];
  const layer = i < ROOTS ? i : ROOTS + ((i * 7) % 400);
  made.push({ base, layers: [...below, { layer, chain: `${below.at(-1)?.chain ?? ""}/${layer} of ${i}` }] });
}
const bytesOf = (layer: number) => 1000 + layer;
const sha256 = (text: string) => createHash("sha256").update(text).digest();

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertImages();
});
afterAll(() => database.close());

/** With database ids from 1: image i has id i + 1, and so have layers. */
async function insertImages(): Promise<void> {
  const { pool } = database;
  const images = made.map((_, i) => i + 1);
  await pool.query(
    `INSERT INTO artifact (id, kind, digest, node_count, edge_count, engine_version, platform)
     SELECT id, 'image', digest, 0, 0, 1, 'linux/amd64' FROM unnest($1::int[], $2::bytea[]) AS t(id, digest)`,
    [images, made.map((_, i) => sha256(`image ${i}`))],
  );
  await pool.query(
    `INSERT INTO image (artifact_id, config_digest, layers_content_size, rootfs_size, wasted_size, created_at, command, owners)
     SELECT id, digest, 0, 0, 0, '', '{}', '' FROM artifact`,
  );
  await pool.query(
    `INSERT INTO artifact_name (artifact_id, name, source, since_at) SELECT id, 'shop/image-' || id, '', now() FROM artifact`,
  );
  await pool.query(
    `INSERT INTO layer (id, diff_id, tar_size, content_size, entry_count)
     SELECT id, sha256(('layer ' || id)::bytea), 0, 999 + id, 0 FROM generate_series(1, $1::int) AS id`,
    [ROOTS + 400],
  );
  const rows = made.flatMap(({ layers }, i) => layers.map((each, position) => ({ ...each, image: i + 1, position })));
  await pool.query(
    `INSERT INTO image_layer (artifact_id, position, layer_id, chain_id, blob_digest, download_size, media_type, created_by)
     SELECT artifact, position, layer, chain, sha256(('blob ' || layer)::bytea), 10 * layer, '', ''
     FROM unnest($1::int[], $2::int[], $3::int[], $4::bytea[]) AS t(artifact, position, layer, chain)`,
    [
      rows.map(({ image }) => image),
      rows.map(({ position }) => position),
      rows.map(({ layer }) => layer + 1),
      rows.map(({ chain }) => sha256(chain)),
    ],
  );
  await pool.query("ANALYZE");
}

it("finds the bases of 1,000 images, in well under a second", async () => {
  const { images } = await answerLineage(database.pool);
  const nameOf = new Map(images.map(({ id, name }) => [id, name]));
  const found = new Map(images.map(({ name, base }) => [name, nameOf.get(base ?? "")]));
  expect(made.map((_, i) => found.get(`shop/image-${i + 1}`))).toEqual(
    made.map(({ base }) => (base === -1 ? undefined : `shop/image-${base + 1}`)),
  );
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    await answerLineage(database.pool);
    times.push(performance.now() - start);
  }
  // 200 ms on a machine that does nothing else.
  expect(Math.min(...times)).toBeLessThan(1000);
});

it("frees what a naive count of all other images frees, on a disk and in a registry", async () => {
  for (const removed of [
    [0],
    [4, 17],
    [3, 400, 401, 999],
    made.map((_, i) => i).filter((i) => i % 3 === 0),
    made.map((_, i) => i),
  ]) {
    const left = made.filter((_, i) => !removed.includes(i)).flatMap(({ layers }) => layers);
    const gone = removed.flatMap((i) => made[i]!.layers);
    const sumGone = (key: (each: Made["layers"][number]) => string | number, sizeOf: (layer: number) => number) => {
      const kept = new Set(left.map(key));
      const freed = new Map(gone.filter((each) => !kept.has(key(each))).map((each) => [key(each), sizeOf(each.layer)]));
      return [...freed.values()].reduce((sum, bytes) => sum + bytes, 0);
    };
    const ids = removed.map((i) => i + 1);
    expect(await answerRemoval(database.pool, ids)).toEqual({
      disk: sumGone(({ chain }) => chain, bytesOf),
      registry: sumGone(
        ({ layer }) => layer,
        (layer) => 10 * (layer + 1),
      ),
    });
  }
});

it("plans everything on a base in waves, and refuses what is no image", async () => {
  const { plan, images, image, freedWithAll } = await answerFamily(database.pool, 1);
  const above = (i: number): number => (made[i]!.base === -1 ? (i === 0 ? 0 : -1) : above(made[i]!.base));
  const members = made.map((_, i) => i).filter((i) => above(i) === 0);
  expect([images.length, image.imageCount]).toEqual([members.length, members.length - 1]);
  expect(plan.map(({ name, wave }) => `${name} ${wave}`).sort()).toEqual(
    members
      .slice(1)
      .map((i) => `shop/image-${i + 1} ${made[i]!.layers.length - 1}`)
      .sort(),
  );
  expect(freedWithAll).toEqual(
    await answerRemoval(
      database.pool,
      members.map((i) => i + 1),
    ),
  );
  const { moving, stale } = await answerLineageOverview(database.pool);
  expect([moving!.plan.length, stale.images]).toEqual([moving!.image.imageCount, []]);
  await database.pool.query(
    "INSERT INTO artifact (id, kind, digest, node_count, edge_count, engine_version) VALUES (5000, 'closure', sha256('c'), 0, 0, 1)",
  );
  await expect(answerFamily(database.pool, 5000)).rejects.toThrow("is not an image");
  await expect(answerFamily(database.pool, 6000)).rejects.toThrow("removed");
});
