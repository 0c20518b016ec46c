import type { Pool } from "pg";
import { FileList } from "#lib/analysis/files/file-list.ts";
import { listBodyPaths } from "#lib/db/queries/list-body-paths.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import type { ImageHolding } from "#lib/model/holding.ts";
import { KeptByUse } from "./by-use.ts";
import { loadKeptGraph } from "./graphs.ts";
import { loadKeptOwners } from "./owners.ts";

/** Cached files: some 100 bytes each, so at most about 100 MB. */
const KEPT_FILES = 1_000_000;
const kept = new KeptByUse<FileList>(KEPT_FILES, ({ count }) => count);

/** All files of an image. Scans are immutable, so a cached list stays valid. */
export function loadKeptFiles(db: Pool, held: ImageHolding): Promise<FileList> {
  return kept.get(held.artifactId, () => loadFiles(db, held));
}

async function loadFiles(db: Pool, { artifactId, layers }: ImageHolding): Promise<FileList> {
  const [owners, { nodes }, { rows: wasted }] = await Promise.all([
    loadKeptOwners(db, artifactId),
    loadKeptGraph(db, artifactId),
    listWasted(db, artifactId, Number.MAX_SAFE_INTEGER),
  ]);
  const nameRank = rankNames(nodes.map(({ name }) => name));
  const list = new FileList({ owners, entryCounts: layers.map(({ entryCount }) => entryCount), nameRank, wasted });
  for (const [position, layer] of layers.entries()) {
    for await (const entries of listBodyPaths(db, layer)) for (const entry of entries) list.add(position, entry);
  }
  return list;
}

/** Equal names have equal places. */
function rankNames(names: readonly string[]): Int32Array {
  const places = new Map([...new Set(names)].sort().map((name, place) => [name, place]));
  return Int32Array.from(names, (name) => places.get(name)!);
}
