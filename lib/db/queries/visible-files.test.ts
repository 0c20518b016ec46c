import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";
import type { Database } from "../server/database.ts";
import { listFileHolders } from "./list-holders.ts";

/** Layers of few names, with whiteouts, opaque directories, and names that are a file here and a directory there. */
const NAMES = ["a", "b", "c"];
const IMAGES = 25;

const folder = mkdtempSync(join(tmpdir(), "stratigraph-visible-"));
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  const name = fc.constantFrom(...NAMES);
  const path = fc.array(name, { minLength: 1, maxLength: 3 });
  const member = fc.tuple(path, fc.constantFrom("file", "file", "link", "directory", "whiteout", "opaque"));
  const layer = fc.uniqueArray(member, { minLength: 1, maxLength: 6, selector: ([parts]) => parts.join("/") });
  const images = fc.sample(fc.array(layer, { minLength: 1, maxLength: 4 }), { numRuns: IMAGES, seed: 7 });
  const sources = images.map((layers, i) => {
    const tars = layers.map((members) => buildTar(members.flatMap(([parts, kind]) => toMembers(parts, kind))));
    const file = join(folder, `${i}.tar`);
    writeFileSync(file, buildDockerArchive(tars, { name: `image-${i}` }));
    return `docker-archive:${file}`;
  });
  expect((await runCli(["scan", ...sources], { databaseUrl: database.url })).status).toBe(0);
}, 120_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** A member with the directories above it, as every tool writes them. */
function toMembers(parts: readonly string[], kind: string) {
  const above = parts.slice(0, -1).map((_, i) => ({ path: `${parts.slice(0, i + 1).join("/")}/`, type: "5" }));
  const path = parts.join("/");
  if (kind === "directory") return [...above, { path: `${path}/`, type: "5" }];
  if (kind === "opaque") return [...above, { path: `${path}/`, type: "5" }, { path: `${path}/.wh..wh..opq` }];
  if (kind === "whiteout") return [...above, { path: [...parts.slice(0, -1), `.wh.${parts.at(-1)}`].join("/") }];
  if (kind === "link") return [...above, { path, type: "2", link: "x" }];
  return [...above, { path, body: path }];
}

it("agrees with the squashed trees of random layers, for every path of each image", async () => {
  const { rows } = await database.pool.query<{ path: string; name: string }>(
    `SELECT DISTINCT e.dir || CASE e.dir WHEN '' THEN '' ELSE '/' END || e.name AS path, n.name
     FROM image i JOIN artifact_name n USING (artifact_id) JOIN image_layer p USING (artifact_id)
     JOIN layer l ON l.id = p.layer_id JOIN layer_entry e USING (layer_id)
     WHERE e.kind IN (0, 2) AND substring(i.owners FROM (4 * (e.ordinal + (
       SELECT coalesce(sum(b.entry_count), 0) FROM image_layer q JOIN layer b ON b.id = q.layer_id
       WHERE q.artifact_id = p.artifact_id AND q.position < p.position)) + 1)::int FOR 4) <> '\\xffffffff'`,
  );
  const expected = new Map<string, Set<string>>();
  for (const { path, name } of rows) expected.set(path, (expected.get(path) ?? new Set()).add(name));
  const paths = NAMES.flatMap((a) => [
    a,
    ...NAMES.flatMap((b) => [`${a}/${b}`, ...NAMES.map((c) => `${a}/${b}/${c}`)]),
  ]);
  let checked = 0;
  for (const path of paths) {
    const holders = await listFileHolders(database.pool, path, { text: "", limit: 100 });
    expect(new Set(holders.rows.map(({ artifactName }) => artifactName)), path).toEqual(
      expected.get(path) ?? new Set(),
    );
    checked += holders.total;
  }
  expect(checked).toBeGreaterThan(30);
});
