import type { MapNodes } from "#lib/model/map-nodes.ts";
import { int8Column, int32Column } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

interface MapRecord extends Pick<MapNodes, "names" | "versions" | "kinds"> {
  readonly closureSize: Buffer;
  readonly retainedSize: Buffer;
  readonly offsets: Buffer;
  readonly targets: Buffer;
}

/**
 * What a map says of the nodes of one artifact, or `undefined` if it has no graph. Aggregated by the database: 100,000 rows of
 * their own would take the driver a second.
 */
export async function loadMapNodes(db: Queryable, artifactId: number): Promise<MapNodes | undefined> {
  const { rows } = await db.query<MapRecord>(
    `SELECT json_agg(name) AS names, json_agg(version) AS versions, json_agg(kind) AS kinds,
       string_agg(int8send(closure_size), '') AS "closureSize", string_agg(int8send(retained_size), '') AS "retainedSize",
       g.offsets, g.targets
     FROM packed_graph g CROSS JOIN LATERAL (
       SELECT c.name, c.version, c.kind, n.closure_size, n.retained_size
       FROM node n JOIN component c ON c.id = n.component_id WHERE n.artifact_id = g.artifact_id ORDER BY n.node_index
     ) AS described
     WHERE g.artifact_id = $1 GROUP BY g.artifact_id`,
    [artifactId],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    names: row.names,
    versions: row.versions,
    kinds: row.kinds,
    closureSize: int8Column(row.closureSize),
    retainedSize: int8Column(row.retainedSize),
    offsets: int32Column(row.offsets),
    targets: int32Column(row.targets),
  };
}
