import { CURRENT_NAME } from "./current-name.ts";
import { MANIFEST_ONLY } from "./list-artifacts.ts";
import type { Queryable } from "./queryable.ts";

/** A stored image with what says on which other image it stands. Digests as `sha256:…`. */
export interface LineageRow {
  readonly id: number;
  readonly digest: string;
  readonly name: string;
  readonly platform: string;
  readonly manifestOnly: boolean;
  readonly nodeCount: number;
  /** The lowest first. */
  readonly layers: readonly LineageLayerRow[];
  /** Names that it has or had. */
  readonly names: readonly LineageNameRow[];
  readonly claims: readonly LineageClaimRow[];
}

export interface LineageLayerRow {
  readonly chainId: string;
  readonly diffId: string;
  /** `null` if it was never read, or if it is not compressed. */
  readonly contentSize: number | null;
  readonly downloadSize: number | null;
}

export interface LineageNameRow {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly since: number | null;
  readonly until: number | null;
}

/** A base image that provenance names, or the image itself. */
export interface LineageClaimRow {
  readonly name: string;
  readonly digest: string | null;
  readonly isOwn: boolean;
}

interface LayerRecord extends LineageLayerRow {
  readonly artifactId: number;
}

interface NameRecord extends LineageNameRow {
  readonly artifactId: number;
}

interface ClaimRecord extends LineageClaimRow {
  readonly artifactId: number;
}

/** All stored images, by digest. */
export async function loadLineage(db: Queryable): Promise<LineageRow[]> {
  const [images, layers, names, claims] = await Promise.all([
    listImages(db),
    listLayerRows(db),
    listNameRows(db),
    listClaimRows(db),
  ]);
  return images.map((image) => ({
    ...image,
    layers: layers.get(image.id) ?? [],
    names: names.get(image.id) ?? [],
    claims: claims.get(image.id) ?? [],
  }));
}

async function listImages(db: Queryable): Promise<Omit<LineageRow, "layers" | "names" | "claims">[]> {
  const { rows } = await db.query<Omit<LineageRow, "layers" | "names" | "claims">>(
    `SELECT a.id, 'sha256:' || encode(a.digest, 'hex') AS digest, ${CURRENT_NAME} AS name, a.platform,
       ${MANIFEST_ONLY} AS "manifestOnly", a.node_count AS "nodeCount"
     FROM artifact a JOIN image i ON i.artifact_id = a.id ORDER BY a.digest`,
  );
  return rows;
}

async function listLayerRows(db: Queryable): Promise<Map<number, LayerRecord[]>> {
  const { rows } = await db.query<LayerRecord>(
    `SELECT p.artifact_id AS "artifactId", 'sha256:' || encode(p.chain_id, 'hex') AS "chainId",
       'sha256:' || encode(l.diff_id, 'hex') AS "diffId", l.content_size AS "contentSize", p.download_size AS "downloadSize"
     FROM image_layer p JOIN layer l ON l.id = p.layer_id ORDER BY p.artifact_id, p.position`,
  );
  return Map.groupBy(rows, ({ artifactId }) => artifactId);
}

async function listNameRows(db: Queryable): Promise<Map<number, NameRecord[]>> {
  const { rows } = await db.query<NameRecord>(
    `SELECT n.artifact_id AS "artifactId", n.name, round(extract(epoch FROM n.since_at) * 1000) AS since,
       round(extract(epoch FROM n.moved_at) * 1000) AS until
     FROM artifact_name n JOIN image i ON i.artifact_id = n.artifact_id ORDER BY n.artifact_id, n.id`,
  );
  return Map.groupBy(rows, ({ artifactId }) => artifactId);
}

async function listClaimRows(db: Queryable): Promise<Map<number, ClaimRecord[]>> {
  const { rows } = await db.query<ClaimRecord>(
    `SELECT c.artifact_id AS "artifactId", c.name, 'sha256:' || encode(c.digest, 'hex') AS digest,
       c.claimed_by = a.digest AS "isOwn"
     FROM image_base_claim c JOIN artifact a ON a.id = c.artifact_id ORDER BY c.artifact_id, c.ordinal`,
  );
  return Map.groupBy(rows, ({ artifactId }) => artifactId);
}
