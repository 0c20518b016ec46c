import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insertArtifact, insertName } from "#testing/builders/artifact-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import type { Database } from "../server/database.ts";
import { listBases } from "./list-bases.ts";

const digestOf = (text: string) => createHash("sha256").update(text).digest();

const idOf = (key: string) => digestOf(key).toString("hex").slice(0, 16);

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  const { pool } = database;
  const { rows } = await pool.query<{ id: number }>(
    "INSERT INTO layer (diff_id, tar_size, content_size, entry_count) VALUES ($1, 0, 0, 0) RETURNING id",
    [digestOf("layer")],
  );
  const stack = async (name: string, layers: readonly string[], second: number) => {
    const id = await insertArtifact(pool, `${name} ${second}`);
    await insertName(pool, id, name, second);
    for (const position of layers.keys()) {
      const chain = digestOf(layers.slice(0, position + 1).join(" "));
      await pool.query(
        `INSERT INTO image_layer (artifact_id, position, layer_id, chain_id, blob_digest, download_size, media_type, created_by)
         VALUES ($1, $2, $3, $4, $4, 0, '', '')`,
        [id, position, rows[0]!.id, chain],
      );
    }
  };
  await stack("web", ["debian", "node", "app"], 1);
  await stack("web", ["debian", "node", "newer app"], 2);
  await stack("debian", ["debian"], 3);
  await stack("alpine", ["alpine"], 4);
  // Two images share their lowest layer, and one image is scanned twice: none of these is a base.
  await stack("one", ["common", "one"], 5);
  await stack("two", ["common", "two"], 6);
  await stack("copy", ["twin"], 7);
  await stack("copy again", ["twin"], 8);
});
afterAll(() => database.close());

it("groups images by a stored base image, the base first", async () => {
  const bases = await listBases(database.pool, 10);
  expect(bases).toMatchObject([{ names: ["debian", idOf("web 1"), "web"], imageCount: 3 }]);
});

it("identifies images by digest, wherever their names have moved", async () => {
  const [base] = await listBases(database.pool, 10);
  const digests = ["debian 3", "web 1", "web 2"].map((key) => `sha256:${digestOf(key).toString("hex")}`);
  expect(base?.digests).toEqual(digests);
});
