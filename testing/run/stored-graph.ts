import { loadOwners } from "#lib/db/queries/load-owners.ts";
import type { Database } from "#lib/db/server/database.ts";

export interface StoredNode {
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly identity: string;
  /** Of the instance, "" if its identity is enough. */
  readonly path: string;
  readonly self: number;
  readonly rootReason: number | null;
}

/** What a scan has stored of one image: its nodes, edges, and the owner of each path of its only layer. */
export interface StoredGraph {
  readonly nodes: readonly StoredNode[];
  readonly edges: readonly { readonly from: StoredNode; readonly to: StoredNode; readonly evidence: string }[];
  readonly owners: ReadonlyMap<string, StoredNode>;
}

const EVIDENCE = ["observed", "declared", "inferred"];

export async function loadStoredGraph(database: Database, imageName: string): Promise<StoredGraph> {
  const { rows: nodes } = await database.pool.query<StoredNode & { id: number }>(
    `SELECT n.artifact_id AS id, c.kind, c.name, c.version, c.identity, n.instance_path AS path,
       n.self_size::float8 AS self, n.root_reason AS "rootReason"
     FROM artifact_name a JOIN node n ON n.artifact_id = a.artifact_id JOIN component c ON c.id = n.component_id
     WHERE a.name = $1 ORDER BY n.node_index`,
    [imageName],
  );
  const artifactId = nodes[0]!.id;
  const { rows } = await database.pool.query<{ from: number; to: number; evidence: number }>(
    `SELECT from_index AS from, to_index AS to, evidence FROM edge WHERE artifact_id = $1`,
    [artifactId],
  );
  const edges = rows.map(({ from, to, evidence }) => {
    return { from: nodes[from]!, to: nodes[to]!, evidence: EVIDENCE[evidence]! };
  });
  return { nodes, edges, owners: await loadOwnersByPath(database, artifactId, nodes) };
}

async function loadOwnersByPath(database: Database, artifactId: number, nodes: readonly StoredNode[]) {
  const owners = await loadOwners(database.pool, artifactId);
  const { rows } = await database.pool.query<{ ordinal: number; dir: string; name: string }>(
    `SELECT e.ordinal, e.dir, e.name FROM image_layer l JOIN layer_entry e ON e.layer_id = l.layer_id WHERE l.artifact_id = $1`,
    [artifactId],
  );
  const named = rows.filter(({ ordinal }) => owners[ordinal]! >= 0);
  return new Map(
    named.map(({ ordinal, dir, name }) => [dir === "" ? name : `${dir}/${name}`, nodes[owners[ordinal]!]!]),
  );
}
