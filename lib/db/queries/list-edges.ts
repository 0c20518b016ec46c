import type { SnapshotEdges } from "#lib/model/snapshot.ts";
import type { NodeEdge } from "./list-node-edges.ts";
import type { Queryable } from "./queryable.ts";

/** Rows fetched at once: as columns they take 13 bytes each, as rows some 200. */
const ROWS_AT_ONCE = 50_000;

/** All stated edges of an image or an SBOM, in the order in which they were found. A closure has none here: see `ArtifactGraph`. */
export async function listEdges(db: Queryable, artifactId: number): Promise<SnapshotEdges> {
  const [from, to, evidence, detail]: number[][] = [[], [], [], []];
  const rowOf = new Map<string, number>();
  for (let first = 0; ; first += ROWS_AT_ONCE) {
    const rows = await listFrom(db, artifactId, first);
    for (const row of rows) {
      from!.push(row.from);
      to!.push(row.to);
      evidence!.push(row.evidence);
      if (!rowOf.has(row.detail)) rowOf.set(row.detail, rowOf.size);
      detail!.push(rowOf.get(row.detail)!);
    }
    if (rows.length === 0) break;
  }
  return {
    from: Int32Array.from(from!),
    to: Int32Array.from(to!),
    evidence: Uint8Array.from(evidence!),
    detail: Int32Array.from(detail!),
    details: [...rowOf.keys()],
  };
}

async function listFrom(db: Queryable, artifactId: number, first: number): Promise<readonly NodeEdge[]> {
  const { rows } = await db.query<NodeEdge>(
    `SELECT from_index AS "from", to_index AS "to", evidence, detail FROM edge
     WHERE artifact_id = $1 AND ordinal >= $2 AND ordinal < $3 ORDER BY ordinal`,
    [artifactId, first, first + ROWS_AT_ONCE],
  );
  return rows;
}
