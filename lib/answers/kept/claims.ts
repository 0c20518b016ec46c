import type { Pool } from "pg";
import type { Claims } from "#lib/analysis/advice/claims.ts";
import { claimClosure } from "#lib/analysis/advice/closure-claims.ts";
import { ImageClaims } from "#lib/analysis/advice/image-claims.ts";
import { classifyNodes } from "#lib/analysis/advice/node-classes.ts";
import { listBodyPaths } from "#lib/db/queries/list-body-paths.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { loadLinks } from "#lib/db/queries/load-links.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { Holding, ImageHolding } from "#lib/model/holding.ts";
import { loadPartGraph, loadPartHoldings } from "../parts.ts";
import { KeptByUse } from "./by-use.ts";
import { loadKeptOwners } from "./owners.ts";

/** Rows of cached claims: 34 bytes each, so at most about 140 MB. */
const KEPT_ROWS = 4_000_000;

/** A part of one artifact, and what its classes claim. */
export interface KeptClaims {
  readonly held: Holding;
  readonly claims: Claims;
  readonly nodes: readonly NodeRow[];
  /** Classes of whole nodes, by node index. */
  readonly nodeMask: Uint16Array;
  /** Paths of the folders that the rows name, as Latin-1 text; of a closure, the names of its items. */
  readonly folders: readonly string[];
}

const kept = new KeptByUse<KeptClaims>(KEPT_ROWS, ({ claims }) => claims.count);

/**
 * What could be removed from one artifact. Scans are immutable, so cached claims stay valid until files of a store are added. Those of
 * the closure of one root are not cached.
 */
export async function loadKeptClaims(db: Pool, part: ArtifactPart): Promise<KeptClaims> {
  const [held] = await loadPartHoldings(db, [part]);
  const load = () => claimAll(db, part, held!);
  if (part.root !== undefined) return load();
  const found = await kept.get(part.id, load);
  if (found.held.kind === "image" || found.held === held) return found;
  kept.forget(part.id);
  return kept.get(part.id, load);
}

async function claimAll(db: Pool, part: ArtifactPart, held: Holding): Promise<KeptClaims> {
  const { nodes, graph } = (await loadPartGraph(db, part)).graph;
  const nodeMask = classifyNodes(nodes, graph);
  const own =
    held.kind === "image"
      ? await claimImage(db, part.id, held, nodeMask)
      : { claims: claimClosure(held.items, nodeMask), folders: nodes.map(({ id }) => toItemName(id)) };
  return { held, nodes, nodeMask, ...own };
}

/** The last part of a store path, as Latin-1 text like the paths of an image. */
function toItemName(id: string): string {
  return Buffer.from(id.slice(id.lastIndexOf("/") + 1)).toString("latin1");
}

type OwnClaims = Pick<KeptClaims, "claims" | "folders">;

async function claimImage(db: Pool, id: number, held: ImageHolding, nodeMask: Uint16Array): Promise<OwnClaims> {
  const { layers, bodies } = held;
  const [owners, links] = await Promise.all([loadKeptOwners(db, id), loadLinks(db, id)]);
  const claims = new ImageClaims({ layers, bodies, owners, links, nodeMask });
  for (const [position, layer] of layers.entries()) await claims.addLayer(position, listBodyPaths(db, layer));
  return { claims: claims.finish(), folders: claims.folders };
}
