import type { Pool } from "pg";
import { answerFind } from "#lib/answers/find.ts";
import { answerFileHolders } from "#lib/answers/holders.ts";
import type { Database } from "#lib/db/server/database.ts";
import { type Figure, mebibytes, medianOf, seconds } from "./measure-run.ts";
import { empty } from "./scans.ts";

const RUNS = 7;
const IMAGES = 1000;
const LAYERS = 400;
/** Layers that a third of the images have at the bottom, two thirds in the middle: the others are on top. */
const BASES = 20;
const ENTRIES = 5000;
const COMPONENTS = 50_000;
const IMAGE_COMPONENTS = 150;
const BUDGET_MS = 100;

/** Searches over 1,000 images of five layers each, which share 400 layers of 5,000 entries: two million file names. All warm. */
export async function benchFind({ pool, url }: Database): Promise<Figure[]> {
  await empty(url);
  await writeEntries(pool, 1, LAYERS);
  await writeImages(pool);
  await pool.query("ANALYZE");
  const asked = {
    "which images have libfoo.so.1": "libfoo.so.1",
    "a library in every image": "libc.so.6",
    "a name of 400 layers": "copyright",
    "the beginning of many names": "lib",
    "a whole path": "/usr/lib/x86_64-linux-gnu/libfoo.so.1",
    "a name that no file has": "libabsent.so.1",
    "a path with a common name": "doc/package-78/copyright",
    "LIKE's own characters": "%_%",
  };
  const figures: Figure[] = [];
  for (const [what, text] of Object.entries(asked)) figures.push(await timeSearch(pool, what, text));
  return [...figures, await timeHolders(pool), await timeIndex(pool)];
}

async function timeSearch(pool: Pool, what: string, text: string): Promise<Figure> {
  const { files } = await answerFind(pool, text);
  const milliseconds = await medianOf(RUNS, () => answerFind(pool, text));
  const [first] = files.rows;
  const found = first === undefined ? "no file" : `${files.rows.length} paths, the first in ${first.artifactCount}`;
  return toFigure(`find: ${what}`, milliseconds, found);
}

async function timeHolders(pool: Pool): Promise<Figure> {
  const file = { path: "/usr/lib/x86_64-linux-gnu/libc.so.6", item: null };
  const { total } = await answerFileHolders(pool, file, { text: "", limit: 200 });
  return toFigure(
    "find: the images with one path",
    await medianOf(RUNS, () => answerFileHolders(pool, file, { text: "", limit: 200 })),
    `${total}`,
  );
}

function toFigure(what: string, milliseconds: number, found: string): Figure {
  return {
    what,
    value: `${Math.round(milliseconds)} ms (${found})`,
    budget: `≤ ${BUDGET_MS} ms`,
    within: milliseconds <= BUDGET_MS,
  };
}

const NAME_INDEX = "layer_entry_name_idx";

/** Layers written to time a scan's part. */
const MORE_LAYERS = 20;

/** What the index of names costs: disk, and time when more layers are written, without it and with it. */
async function timeIndex(pool: Pool): Promise<Figure> {
  const { rows } = await pool.query<{ sql: string; index: number; all: number }>(
    "SELECT pg_get_indexdef($1::regclass) AS sql, pg_relation_size($1) AS index, pg_total_relation_size('layer_entry') AS all",
    [NAME_INDEX],
  );
  const { sql, index, all } = rows[0]!;
  let last = LAYERS;
  const write = () => {
    last += MORE_LAYERS;
    return writeEntries(pool, last - MORE_LAYERS + 1, last);
  };
  const withIndex = await medianOf(RUNS, write);
  await pool.query(`DROP INDEX ${NAME_INDEX}`);
  const without = await medianOf(RUNS, write);
  await pool.query(sql);
  return {
    what: `find: writing ${MORE_LAYERS * ENTRIES} more entries with the index of names`,
    value: `${seconds(withIndex)} instead of ${seconds(without)}; ${mebibytes(index)} of ${mebibytes(all)}`,
    budget: "",
    within: undefined,
  };
}

/** A third of the entries in package documentation, a third libraries, a third modules; each layer has some names of all. */
async function writeEntries(pool: Pool, from: number, to: number): Promise<void> {
  await pool.query(
    `INSERT INTO layer_entry (layer_id, ordinal, dir, name, kind, mode, uid, gid, byte_count, mtime, content_id)
     SELECT l, e,
       CASE WHEN e < 2 THEN 'usr/lib/x86_64-linux-gnu'
         WHEN e % 3 = 0 THEN 'usr/share/doc/package-' || (e / 3 + l % 7 * 100)
         WHEN e % 3 = 1 THEN 'usr/lib/x86_64-linux-gnu' ELSE 'app/node_modules/module-' || (e / 60 + l * 20) || '/lib' END,
       CASE WHEN e = 0 THEN 'libc.so.6' WHEN e = 1 AND l % 9 = 0 THEN 'libfoo.so.1'
         WHEN e % 3 = 0 THEN CASE WHEN e % 2 = 0 THEN 'copyright' ELSE 'changelog.Debian.gz' END
         WHEN e % 3 = 1 THEN 'libpart' || (e * 7 + l % 11 * 1000) || '.so.' || l % 4 ELSE 'file-' || (e % 60) || '.js' END,
       0, 420, 0, 0, e, 0, l / 2 * 5000 + e
     FROM generate_series(${from}, ${to}) AS l, generate_series(0, ${ENTRIES - 1}) AS e`,
  );
}

async function writeImages(pool: Pool): Promise<void> {
  const digest = (key: string) => `sha256(convert_to(${key}, 'UTF8'))`;
  await pool.query(
    `INSERT INTO layer (id, diff_id, tar_size, content_size, entry_count)
     SELECT l, ${digest("'layer ' || l")}, 0, 0, ${ENTRIES} FROM generate_series(1, ${LAYERS}) AS l`,
  );
  await pool.query(
    `INSERT INTO artifact (id, kind, digest, node_count, edge_count, engine_version)
     SELECT a, 'image', ${digest("'image ' || a")}, ${IMAGE_COMPONENTS}, 0, 1 FROM generate_series(1, ${IMAGES}) AS a`,
  );
  await pool.query(
    `INSERT INTO artifact_name (artifact_id, name, source)
     SELECT a, 'registry.example/team-' || a % 40 || '/service-' || a || ':1.' || a % 9, '' FROM generate_series(1, ${IMAGES}) AS a`,
  );
  await pool.query(
    `INSERT INTO image_layer (artifact_id, position, layer_id, chain_id, blob_digest, media_type, created_by)
     SELECT a, p, l, ${digest("a || ' ' || p")}, ${digest("'blob ' || l")}, '', ''
     FROM generate_series(1, ${IMAGES}) AS a, generate_series(0, 4) AS p, LATERAL (SELECT CASE p
       WHEN 0 THEN 1 + a % ${BASES} ELSE 1 + ${BASES} + (a * 17 + p * 97) % ${LAYERS - BASES} END AS l) AS chosen`,
  );
  await pool.query(
    `INSERT INTO component (id, identity, kind, name, version)
     SELECT c, 'pkg:deb/debian/package-' || c || '@1.' || c % 5, 'deb', CASE WHEN c % 3 = 0 THEN 'lib' ELSE '' END || 'package-' || c, '1.' || c % 5
     FROM generate_series(1, ${COMPONENTS}) AS c`,
  );
  await pool.query(
    `INSERT INTO node (artifact_id, node_index, component_id, instance_path, self_size, closure_size, retained_size, reference_count, referrer_count, live, root)
     SELECT a, n, CASE WHEN n < 90 THEN n + 1 ELSE 1 + (a * 61 + n * 137) % ${COMPONENTS} END, '', 1, 1, 1, 0, 0, true, false
     FROM generate_series(1, ${IMAGES}) AS a, generate_series(0, ${IMAGE_COMPONENTS - 1}) AS n`,
  );
}
