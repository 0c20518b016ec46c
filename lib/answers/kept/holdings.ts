import type { Pool } from "pg";
import { getItemStamp } from "#lib/db/queries/get-item-stamp.ts";
import { listHeldComponents } from "#lib/db/queries/list-held-components.ts";
import { loadHoldings } from "#lib/db/queries/load-holdings.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { type HeldComponent, type Holding, hasAllFiles } from "#lib/model/holding.ts";
import { KeptByUse } from "./by-use.ts";

/** Files of cached holdings: 40 bytes each, so at most about 160 MB. */
const KEPT_FILES = 4_000_000;
/** Cached components: some 400 bytes each, so at most about 100 MB. */
const KEPT_COMPONENTS = 250_000;

type Identified = Pick<ArtifactPart, "id">;

interface KeptHolding {
  readonly held: Holding;
  /** If files or download sizes of a closure are not known: the newest stamp when it was loaded. Another scan may add them. */
  readonly stamp: number | undefined;
}

const holdings = new KeptByUse<KeptHolding>(KEPT_FILES, ({ held }) =>
  held.kind === "image" ? held.bodies.count : held.items.count + (held.items.bodies?.count ?? 0),
);
const components = new KeptByUse<readonly HeldComponent[]>(KEPT_COMPONENTS, (held) => held.length);

/**
 * The holdings of these artifacts, in this order. Scans are immutable, so a cached holding stays valid; only files of closures
 * may be added.
 */
export async function loadKeptHoldings(db: Pool, artifacts: readonly Identified[]): Promise<Holding[]> {
  const kept = await Promise.all(artifacts.map(({ id }) => holdings.get(id, () => loadHolding(db, id))));
  if (kept.every(({ stamp }) => stamp === undefined)) return kept.map(({ held }) => held);
  const newest = await getItemStamp(db);
  const current = kept.map(({ held, stamp }) => {
    if (stamp === undefined || stamp === newest) return held;
    holdings.forget(held.artifactId);
    return holdings.get(held.artifactId, () => loadHolding(db, held.artifactId)).then((renewed) => renewed.held);
  });
  return Promise.all(current);
}

async function loadHolding(db: Pool, id: number): Promise<KeptHolding> {
  // Before the files: files added while they are loaded make the result stale.
  const stamp = await getItemStamp(db);
  const [held] = await loadHoldings(db, [id]);
  return { held: held!, stamp: isComplete(held!) ? undefined : stamp };
}

/** Whether no other scan can add to it. Another cache may have other download sizes, but those that are known stay good. */
function isComplete(held: Holding): boolean {
  return hasAllFiles(held) && (held.kind === "image" || held.items.fileSize?.every((bytes) => bytes >= 0) === true);
}

/** The components of these artifacts by node index, in this order. */
export function loadKeptComponents(db: Pool, artifacts: readonly Identified[]): Promise<(readonly HeldComponent[])[]> {
  return Promise.all(
    artifacts.map(({ id }) => components.get(id, async () => (await listHeldComponents(db, [id]))[0]!)),
  );
}
