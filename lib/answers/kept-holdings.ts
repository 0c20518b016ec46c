import type { Pool } from "pg";
import { listHeldComponents } from "#lib/db/queries/list-held-components.ts";
import { loadHoldings } from "#lib/db/queries/load-holdings.ts";
import type { HeldComponent, Holding } from "#lib/model/holding.ts";
import { KeptByUse } from "./kept-by-use.ts";

/** Files whose holdings stay in memory: 40 bytes each, so at most about 160 MB. */
const KEPT_FILES = 4_000_000;
/** Components that stay in memory: some 400 bytes each, so at most about 100 MB. */
const KEPT_COMPONENTS = 250_000;

const holdings = new KeptByUse<Holding>(KEPT_FILES, (held) =>
  held.kind === "image" ? held.bodies.count : held.items.count,
);
const components = new KeptByUse<readonly HeldComponent[]>(KEPT_COMPONENTS, (held) => held.length);

/** What these artifacts hold, in this order. A scan never changes, so that what was read once holds. */
export function holdingsOf(db: Pool, ids: readonly number[]): Promise<Holding[]> {
  return Promise.all(ids.map((id) => holdings.get(id, async () => (await loadHoldings(db, [id]))[0]!)));
}

/** The components of these artifacts by node index, in this order. */
export function componentsOf(db: Pool, ids: readonly number[]): Promise<(readonly HeldComponent[])[]> {
  return Promise.all(ids.map((id) => components.get(id, async () => (await listHeldComponents(db, [id]))[0]!)));
}
