import type { ComponentKind } from "#lib/model/component.ts";
import { CURRENT_NAME } from "./current-name.ts";
import { containsPattern, type Queryable } from "./queryable.ts";

/** A component in an artifact that contains it, found by name. */
export interface FoundNode {
  readonly artifactDigest: string;
  readonly artifactName: string;
  readonly nodeIndex: number;
  readonly id: string;
  /** Its purl or store path, the same in every artifact. */
  readonly identity: string;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
  readonly retainedSize: number;
  /** Number of artifacts that contain the same component. */
  readonly artifactCount: number;
}

/**
 * A purl, a store path, or the hash of one. Other text is not searched in identities: nearly every purl contains common words.
 */
const IDENTITY = /[/:@]|^[0-9a-z]{32}/;

/** A name and a version, as lists print them. */
const PRINTED = /^(.+) (\S+)$/;

/**
 * Components whose name (or identity, if the text is part of one) contains the text, or whose name and version the text is, each
 * once, in the newest artifact that contains it (or in the one given). Exact names come first, then prefixes, then the rest by length.
 */
export async function searchNodes(
  db: Queryable,
  text: string,
  options: { readonly limit: number; readonly artifactId?: number },
): Promise<FoundNode[]> {
  const [, name = null, version = null] = PRINTED.exec(text) ?? [];
  const { rows } = await db.query<FoundNode>(
    `WITH found AS MATERIALIZED (
       SELECT c.id, c.identity, c.kind, c.name, c.version FROM component c
       WHERE (c.name ILIKE $2 OR $5 AND c.identity ILIKE $2 OR lower(c.name) = lower($6) AND starts_with(c.version, $7)) AND ($4::int IS NULL OR EXISTS (SELECT FROM node n WHERE n.component_id = c.id AND n.artifact_id = $4))
       ORDER BY lower(c.name) <> lower($1), NOT starts_with(lower(c.name), lower($1)), length(c.name), c.name, c.version LIMIT $3
     )
     SELECT 'sha256:' || encode(a.digest, 'hex') AS "artifactDigest", ${CURRENT_NAME} AS "artifactName", n.node_index AS "nodeIndex",
       f.identity, f.identity || CASE n.instance_path WHEN '' THEN '' ELSE '#' || n.instance_path END AS id,
       f.kind, f.name, f.version, n.retained_size AS "retainedSize", n.artifact_count AS "artifactCount"
     FROM found f
     CROSS JOIN LATERAL (
       SELECT artifact_id, node_index, instance_path, retained_size, dense_rank() OVER (ORDER BY artifact_id) AS artifact_count
       FROM node WHERE component_id = f.id AND ($4::int IS NULL OR artifact_id = $4) ORDER BY artifact_id DESC, node_index LIMIT 1
     ) n
     JOIN artifact a ON a.id = n.artifact_id
     ORDER BY lower(f.name) <> lower($1), NOT starts_with(lower(f.name), lower($1)), length(f.name), f.name, f.version`,
    [text, containsPattern(text), options.limit, options.artifactId ?? null, IDENTITY.test(text), name, version],
  );
  return rows;
}
