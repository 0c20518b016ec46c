import type { PoolClient } from "pg";
import type { Section } from "#lib/graph/section/section.ts";
import { toBytes } from "./to-bytes.ts";

/** Replaces the packed section of an artifact. */
export async function writeSection(client: PoolClient, artifactId: number, section: Section): Promise<void> {
  const { nodeAt, endOf, reach, selfSize, startCount, above, wide, tall } = section;
  const strata = Int32Array.from(section.strata.flatMap(({ from, to, first, end }) => [from, to, first, end]));
  await client.query(
    `INSERT INTO packed_section (artifact_id, start_count, node_at, end_of, reach, self_size, strata, above, wide, tall)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (artifact_id) DO UPDATE SET start_count = $2, node_at = $3, end_of = $4, reach = $5, self_size = $6,
       strata = $7, above = $8, wide = $9, tall = $10`,
    [artifactId, startCount, ...[nodeAt, endOf, reach, selfSize, strata, above, wide, tall].map(toBytes)],
  );
}
