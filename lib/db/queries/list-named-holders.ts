import type { NamedHolder } from "#lib/model/named-holder.ts";
import { CURRENT_NAME } from "./current-name.ts";
import { type Queryable, toLiteral } from "./queryable.ts";

/** How a text may name components: an identity, complete or without its qualifiers, or a name with or without a version. */
export interface ComponentReading {
  readonly identity: string;
  readonly names: readonly { readonly name: string; readonly version: string | null }[];
}

/** Every stored artifact with a component that one of the readings names: by artifact's name, then by component. */
export async function listNamedHolders(db: Queryable, readings: readonly ComponentReading[]): Promise<NamedHolder[]> {
  const names = readings.flatMap((reading) => reading.names);
  const identities = readings.map(({ identity }) => identity);
  const { rows } = await db.query<NamedHolder>(
    `WITH named AS MATERIALIZED (
       SELECT c.id, c.identity, c.kind, c.name, c.version FROM component c WHERE c.identity = ANY($1) OR c.identity LIKE ANY($2)
       UNION
       SELECT c.id, c.identity, c.kind, c.name, c.version
       FROM unnest($3::text[], $4::text[]) AS w (name, version) JOIN component c ON c.name = w.name
       WHERE w.version IS NULL OR w.version = c.version
     ), held AS MATERIALIZED (
       SELECT DISTINCT ON (n.artifact_id, n.component_id) n.artifact_id, n.component_id, n.node_index, n.self_size, n.retained_size
       FROM named c JOIN node n ON n.component_id = c.id
       ORDER BY n.artifact_id, n.component_id, n.retained_size DESC, n.node_index
     ), holding AS MATERIALIZED (
       SELECT a.id, a.kind, a.digest, ${CURRENT_NAME} AS name
       FROM artifact a WHERE a.id IN (SELECT artifact_id FROM held)
     )
     SELECT a.id AS "artifactId", 'sha256:' || encode(a.digest, 'hex') AS "artifactDigest", a.name AS "artifactName",
       a.kind AS "artifactKind", c.id AS "componentId", c.identity, c.kind, c.name, c.version,
       h.node_index AS "nodeIndex", h.self_size AS "selfSize", h.retained_size AS "retainedSize"
     FROM held h JOIN holding a ON a.id = h.artifact_id JOIN named c ON c.id = h.component_id
     ORDER BY lower(a.name), a.id, c.name, c.version, c.id`,
    [
      identities,
      identities.filter(isPurl).map((identity) => `${toLiteral(identity)}?%`),
      names.map(({ name }) => name),
      names.map(({ version }) => version),
    ],
  );
  return rows;
}

function isPurl(identity: string): boolean {
  return identity.startsWith("pkg:");
}
