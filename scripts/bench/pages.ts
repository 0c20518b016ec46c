import type { Pool } from "pg";
import { diffPath, overlapPath, savingsPath } from "#components/set/set-address.ts";
import { countKinds } from "#lib/db/queries/count-kinds.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import { listNodes } from "#lib/db/queries/list-nodes.ts";
import { listRetained } from "#lib/db/queries/list-retained.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import { searchNodes } from "#lib/db/queries/search-nodes.ts";
import type { Database } from "#lib/db/server/database.ts";
import { benchBrowser } from "./browser.ts";
import { type Figure, medianOf } from "./measure-run.ts";
import { startProduct, timePages } from "./product.ts";
import { SET_NAMES, writeGeneratedImage, writeSets } from "./sharing.ts";

const RUNS = 5;
const IMAGES = 1000;
const IMAGE_FILES = 1000;
/** Rows that a page requests at first. */
const ROWS = 50;
/** Names of nodes that a search suggests. */
const FOUND = 20;
const QUERY_BUDGET = 100;

/** The pages' subjects, by name: large images, and a closure. */
interface Held {
  readonly sets: readonly string[];
  readonly store: string;
}

/**
 * Pages over 1,000 images, 32 large ones and a store of 100,000 paths that the database already contains: single queries,
 * whole responses of a server from the request to the last byte, and the browser's figures. All warm.
 */
export async function benchPages({ pool, url }: Database, store: string): Promise<Figure[]> {
  const held = { sets: SET_NAMES, store };
  await writeSets(pool);
  for (let i = 0; i < IMAGES; i++) {
    await writeGeneratedImage(pool, { name: `small-${i}`, first: i * (IMAGE_FILES / 4), count: IMAGE_FILES });
  }
  await pool.query("ANALYZE");
  const queries = await benchQueries(pool, held);
  const server = await startProduct([process.execPath, "bin/stratigraph.mjs", "serve"], { DATABASE_URL: url });
  try {
    return [queries, ...(await benchAnswers(server.url, held)), ...(await benchBrowser(server.url, held))];
  } finally {
    await server.stop();
  }
}

async function benchQueries(pool: Pool, { sets, store }: Held): Promise<Figure> {
  const idOf = async (name: string) => {
    const { rows } = await pool.query<{ id: number }>("SELECT artifact_id AS id FROM artifact_name WHERE name = $1", [
      name,
    ]);
    return rows[0]!.id;
  };
  const [image, closure] = [await idOf(sets[0]!), await idOf(store)];
  const queries = {
    listArtifacts: () => listArtifacts(pool, { limit: ROWS }),
    "listArtifacts by name": () => listArtifacts(pool, { text: "small-77", sort: "bytes", limit: ROWS }),
    searchNodes: () => searchNodes(pool, "package12", { limit: FOUND }),
    "getArtifact of the store": () => getArtifact(pool, closure),
    "countKinds of the store": () => countKinds(pool, closure),
    "listNodes of the store": () => listNodes(pool, closure, { limit: ROWS }),
    "listNodes of the store by name": () => listNodes(pool, closure, { text: "99", limit: ROWS }),
    "listNodes of the store, its last rows": () =>
      listNodes(pool, closure, { sort: "self", offset: 99_900, limit: 100 }),
    "listNodes of the store by name, in its middle": () =>
      listNodes(pool, closure, { sort: "name", direction: "asc", offset: 50_000, limit: 100 }),
    "listRetained of the store": () => listRetained(pool, [closure], ROWS),
    listLayers: () => listLayers(pool, [image]),
    listWasted: () => listWasted(pool, image, ROWS),
  };
  const timed: [name: string, milliseconds: number][] = [];
  for (const [name, query] of Object.entries<() => Promise<unknown>>(queries)) {
    await query();
    timed.push([name, await medianOf(RUNS, query)]);
  }
  timed.sort(([, a], [, b]) => b - a);
  const [slowest, milliseconds] = timed[0]!;
  return {
    what: `pages: ${timed.length} queries over ${IMAGES} images and the store, the slowest`,
    value: `${Math.round(milliseconds)} ms (${slowest}); median ${Math.round(timed[timed.length >> 1]![1])} ms`,
    budget: `≤ ${QUERY_BUDGET} ms`,
    within: milliseconds <= QUERY_BUDGET,
  };
}

async function benchAnswers(server: string, { sets, store }: Held): Promise<Figure[]> {
  const closure = `/artifacts/${encodeURIComponent(store)}`;
  const pages: Readonly<Record<string, string>> = {
    "the home page": "/",
    "an image": `/artifacts/${encodeURIComponent(sets[0]!)}`,
    "the store": closure,
    "the store's graph": `${closure}/graph`,
    "two images compared": diffPath(sets[0]!, sets[1]!),
    [`${sets.length} images compared`]: overlapPath(sets),
    [`savings of ${sets.length} images`]: savingsPath(sets),
  };
  return timePages(server, pages);
}
