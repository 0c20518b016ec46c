import type { PoolClient } from "pg";
import { type Digest, digestBytes } from "#lib/model/digest.ts";
import type { Problem } from "#lib/model/problem.ts";
import { ENGINE_VERSION } from "../engine-version.ts";
import { toStorable, toStorableJson } from "./storable-text.ts";

interface NewArtifact {
  readonly kind: "image" | "closure";
  readonly digest: Digest;
  readonly platform: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly problems: readonly Problem[];
}

/** Stores the row of an artifact and returns its id, which it keeps if it was known by its manifest alone. */
export async function insertArtifact(client: PoolClient, artifact: NewArtifact): Promise<number> {
  const { kind, digest, platform, nodeCount, edgeCount, problems } = artifact;
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO artifact (kind, digest, platform, node_count, edge_count, problems, engine_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (digest) DO UPDATE SET node_count = $4, edge_count = $5, problems = $6, engine_version = $7,
       scanned_at = now() RETURNING id`,
    [kind, digestBytes(digest), toStorable(platform), nodeCount, edgeCount, toStorableJson(problems), ENGINE_VERSION],
  );
  return rows[0]!.id;
}
