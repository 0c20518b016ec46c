import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { migrate, readMigrations } from "#lib/db/migrate.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { createEmptyDatabase } from "#testing/run/database.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Shown {
  downloadSize?: number;
  layers: { downloadSize?: number; contentSize: number }[];
}

interface Savings {
  download: { rung: string; bytes: number | null }[];
}

const tars = ["lower", "upper"].map((name) => buildTar([{ path: name, body: name.repeat(500) }]));
const blobs = tars.map((tar) => gzipSync(tar));

describe("an archive that stores its layers uncompressed", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const ask = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });

  beforeAll(async () => {
    const images = { plain: tars, packed: blobs, mixed: [tars[0]!, blobs[1]!] };
    for (const [name, layers] of Object.entries(images)) {
      writeFileSync(join(folder, name), buildDockerArchive(layers, { name, config: { author: name } }));
      await ask("scan", `docker-archive:${join(folder, name)}`);
    }
  });

  it("has no download sizes, and neither has its image", async () => {
    const plain = await ask<Shown>("show", "plain");
    expect([plain.downloadSize, ...plain.layers.map((layer) => layer.downloadSize)]).toEqual(Array(3).fill(undefined));
    expect("downloadSize" in plain || "downloadSize" in plain.layers[0]!).toBe(false);
    const text = await runCli(["show", "plain"], { databaseUrl: place.database.url });
    expect(text.stdout).not.toMatch(/downloadSize|undefined/);
  });

  it("has those of layers that are compressed in the archive", async () => {
    const sizes = blobs.map(({ length }) => length);
    const packed = await ask<Shown>("show", "packed");
    expect(packed.layers.map((layer) => layer.downloadSize)).toEqual(sizes);
    expect(packed.downloadSize).toBe(sizes[0]! + sizes[1]!);
    const mixed = await ask<Shown>("show", "mixed");
    expect(mixed.layers.map((layer) => layer.downloadSize)).toEqual([undefined, sizes[1]]);
    expect(mixed.downloadSize).toBeUndefined();
  });

  it("makes the ladder of downloads unknown, which is printed", async () => {
    const { download } = await ask<Savings>("savings", "plain", "packed");
    expect(download.slice(0, 2)).toMatchObject([
      { rung: "unshared", bytes: null },
      { rung: "blob", bytes: null },
    ]);
    // The same files are in layers whose compression is known.
    expect(download.find(({ rung }) => rung === "file")?.bytes).toBeGreaterThan(0);
    expect((await ask<Savings>("savings", "plain")).download.map(({ bytes }) => bytes)).toEqual(
      Array(download.length).fill(null),
    );
    const text = await runCli(["savings", "plain"], { databaseUrl: place.database.url });
    expect(text.stdout).toContain("not known: a source has no download sizes");
    const known = await ask<Savings>("savings", "packed");
    expect(known.download[1]).toMatchObject({ rung: "blob", bytes: blobs[0]!.length + blobs[1]!.length });
  });

  it("keeps its layers known for another scan", async () => {
    await ask("migrate", "--rebuild");
    const again = await runCli(["scan", `docker-archive:${join(folder, "plain")}`], {
      databaseUrl: place.database.url,
    });
    expect(again.stderr).toContain("already known");
  });
});

it("older databases lose the sizes of plain tars, and no others", async () => {
  const pool = new pg.Pool({ connectionString: await createEmptyDatabase() });
  const migrations = readMigrations();
  const before = migrations.findIndex(({ name }) => name.endsWith("_unknown_download_size"));
  await migrate(pool, migrations.slice(0, before));
  for (const [id, mediaType] of ["vnd.docker.image.rootfs.diff.tar", "vnd.oci.image.layer.v1.tar"].entries()) {
    await pool.query(
      `INSERT INTO artifact (kind, digest, node_count, edge_count, engine_version) VALUES ('image', $1, 0, 0, 1)`,
      [Buffer.alloc(32, id)],
    );
    await pool.query(`INSERT INTO layer (diff_id, tar_size, content_size, entry_count) VALUES ($1, 512, 0, 0)`, [
      Buffer.alloc(32, id),
    ]);
    await pool.query(
      `INSERT INTO image (artifact_id, config_digest, layers_content_size, rootfs_size, wasted_size, download_size, created_at, command, owners)
       VALUES ($1, '', 0, 0, 0, 512, '', '{}', '')`,
      [id + 1],
    );
    await pool.query(
      `INSERT INTO image_layer (artifact_id, position, layer_id, chain_id, blob_digest, download_size, media_type, created_by)
       VALUES ($1, 0, $1, '', $2, 512, $3, '')`,
      [id + 1, Buffer.alloc(32, id), `application/${mediaType}`],
    );
  }
  await migrate(pool, migrations);
  const { rows } = await pool.query(
    "SELECT i.download_size AS image, l.download_size AS layer FROM image i JOIN image_layer l USING (artifact_id) ORDER BY artifact_id",
  );
  await pool.end();
  expect(rows).toEqual([
    { image: null, layer: null },
    { image: "512", layer: "512" },
  ]);
});
