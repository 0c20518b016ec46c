import type { Pool } from "pg";
import { openDatabase } from "#lib/db/server/database.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";

/** Sums and counts that must agree for each artifact and each layer: these queries must return no rows. */
const CONTRADICTIONS = `
  SELECT 'image ' || a.id || ': own sizes sum to ' || coalesce(n.self, 0) || ', rootfs is ' || i.rootfs_size AS finding
    FROM artifact a JOIN image i ON i.artifact_id = a.id
    LEFT JOIN (SELECT artifact_id, sum(self_size) AS self FROM node GROUP BY 1) n ON n.artifact_id = a.id
    WHERE coalesce(n.self, 0) <> i.rootfs_size
  UNION ALL SELECT 'image ' || artifact_id || ': rootfs and waste are not its layers' FROM image
    WHERE rootfs_size + wasted_size <> layers_content_size
  UNION ALL SELECT 'artifact ' || a.id || ': ' || a.node_count || ' : node count differs from its nodes' FROM artifact a
    WHERE a.node_count <> (SELECT count(*) FROM node n WHERE n.artifact_id = a.id)
  UNION ALL SELECT 'artifact ' || a.id || ' has no graph or no name' FROM artifact a
    WHERE NOT EXISTS (SELECT FROM packed_graph g WHERE g.artifact_id = a.id)
       OR NOT EXISTS (SELECT FROM artifact_name m WHERE m.artifact_id = a.id)
  UNION ALL SELECT 'layer ' || l.id || ': entries are missing' FROM layer l
    WHERE l.entry_count <> (SELECT count(*) FROM layer_entry e WHERE e.layer_id = l.id)
  UNION ALL SELECT 'image ' || i.artifact_id || ': waste differs from its files' FROM image i
    WHERE i.wasted_size <> coalesce((SELECT sum(w.byte_count) FROM wasted_body w WHERE w.artifact_id = i.artifact_id), 0)`;

/** Tables whose rows outlive artifacts, or that are not ours. */
const KEPT_TABLES = ["_prisma_migrations", "report", "named_set"];

/**
 * The damage in a database after a fault: sums that do not agree; then everything is removed, and any remaining row is
 * an orphan. Leaves the database empty.
 */
export async function findDamage(home: string): Promise<string[]> {
  const { pool, close } = await openDatabase({ ...process.env, DATABASE_URL: "", STRATIGRAPH_DATA: home });
  try {
    const { rows } = await pool.query<{ finding: string }>(CONTRADICTIONS);
    return [...rows.map(({ finding }) => finding), ...(await forgetAll(pool))];
  } finally {
    await close();
  }
}

/** Rows that the removal of all artifacts left over. */
async function forgetAll(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: number }>("SELECT id FROM artifact");
  for (const { id } of rows) await removeArtifact(pool, id);
  const tables = await pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ($1)",
    [KEPT_TABLES],
  );
  const findings: string[] = [];
  for (const { name } of tables.rows) {
    const { rows: counts } = await pool.query<{ left: number }>(`SELECT count(*)::int AS left FROM "${name}"`);
    if (counts[0]!.left > 0) findings.push(`${counts[0]!.left} rows of ${name} are orphans`);
  }
  return findings;
}
