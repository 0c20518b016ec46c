import type { Pool } from "pg";
import type { Claims } from "#lib/analysis/advice/claims.ts";
import { claimClosure } from "#lib/analysis/advice/closure-claims.ts";
import { ImageClaims } from "#lib/analysis/advice/image-claims.ts";
import { classifyNodes } from "#lib/analysis/advice/node-classes.ts";
import { listBodyPaths } from "#lib/db/queries/list-body-paths.ts";
import { loadLinks } from "#lib/db/queries/load-links.ts";
import type { Holding, ImageHolding } from "#lib/model/holding.ts";
import { KeptByUse } from "./by-use.ts";
import { loadKeptGraph } from "./graphs.ts";
import { loadKeptHoldings } from "./holdings.ts";
import { loadKeptOwners } from "./owners.ts";

/** Rows of cached claims: 26 bytes each, so at most about 100 MB. */
const KEPT_ROWS = 4_000_000;

export interface KeptClaims {
  readonly held: Holding;
  readonly claims: Claims;
  /** Classes of whole nodes, by node index. */
  readonly nodeMask: Uint16Array;
}

const kept = new KeptByUse<KeptClaims>(KEPT_ROWS, ({ claims }) => claims.count);

/** What could be removed from one artifact. Scans are immutable, so cached claims stay valid until files of a store are added. */
export async function loadKeptClaims(db: Pool, id: number): Promise<KeptClaims> {
  const [held] = await loadKeptHoldings(db, [{ id }]);
  const load = () => claimAll(db, id, held!);
  const found = await kept.get(id, load);
  if (found.held.kind === "image" || found.held === held) return found;
  kept.forget(id);
  return kept.get(id, load);
}

async function claimAll(db: Pool, id: number, held: Holding): Promise<KeptClaims> {
  const { nodes, graph } = await loadKeptGraph(db, id);
  const nodeMask = classifyNodes(nodes, graph);
  const claims = held.kind === "image" ? await claimImage(db, id, held, nodeMask) : claimClosure(held.items, nodeMask);
  return { held, claims, nodeMask };
}

async function claimImage(db: Pool, id: number, held: ImageHolding, nodeMask: Uint16Array): Promise<Claims> {
  const { layers, bodies } = held;
  const [owners, links] = await Promise.all([loadKeptOwners(db, id), loadLinks(db, id)]);
  const claims = new ImageClaims({ layers, bodies, owners, links, nodeMask });
  for (const [position, layer] of layers.entries()) await claims.addLayer(position, listBodyPaths(db, layer));
  return claims.finish();
}
