import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import { CURRENT_NAME } from "./current-name.ts";
import { containsPattern, type Queryable } from "./queryable.ts";
import { splitPath, VISIBLE_FILES, visibleArguments } from "./visible-files.ts";

/** An artifact that has a file or a component. */
export interface Holder {
  readonly artifactDigest: string;
  readonly artifactName: string;
  readonly artifactKind: ArtifactKind;
  /** Bytes of the file, or those that the component retains; in an SBOM, number of components. */
  readonly bytes: number;
  /** Position of the layer with the file; `null` for a component. */
  readonly layer: number | null;
  /** The component in the artifact; `null` for a file of an image. */
  readonly nodeIndex: number | null;
}

export interface HolderList {
  /** By name. */
  readonly rows: readonly Holder[];
  /** Number of all artifacts that have it and match. */
  readonly total: number;
}

type HolderRecord = Holder & { readonly total: number };

/** Which of the artifacts to list. */
export interface HolderFilter {
  /** A part of their names; "" for all. */
  readonly text: string;
  readonly limit: number;
}

const ARTIFACT = `'sha256:' || encode(a.digest, 'hex') AS "artifactDigest", m.name AS "artifactName", a.kind AS "artifactKind", count(*) OVER () AS total`;
const NAMED = `CROSS JOIN LATERAL (SELECT ${CURRENT_NAME} AS name) m`;

/** The images whose containers see a file at the path, which has no leading slash. */
export async function listFileHolders(db: Queryable, path: string, { text, limit }: HolderFilter): Promise<HolderList> {
  const { rows } = await db.query<HolderRecord>(
    `${VISIBLE_FILES}
     SELECT ${ARTIFACT}, v.byte_count AS bytes, v.position AS layer, NULL::int AS "nodeIndex"
     FROM visible v JOIN artifact a ON a.id = v.artifact_id ${NAMED}
     WHERE m.name ILIKE $6 ORDER BY lower(m.name), a.id LIMIT $7`,
    [...visibleArguments([splitPath(path)]), containsPattern(text), limit],
  );
  return toList(rows);
}

/** The artifacts with a component, found by its purl or store path. */
export async function listComponentHolders(
  db: Queryable,
  identity: string,
  { text, limit }: HolderFilter,
): Promise<HolderList> {
  const { rows } = await db.query<HolderRecord>(
    `WITH held AS (
       SELECT DISTINCT ON (n.artifact_id) n.artifact_id, n.node_index, n.retained_size
       FROM component c JOIN node n ON n.component_id = c.id WHERE c.identity = $1 ORDER BY n.artifact_id, n.retained_size DESC, n.node_index
     )
     SELECT ${ARTIFACT}, h.retained_size AS bytes, NULL::int AS layer, h.node_index AS "nodeIndex"
     FROM held h JOIN artifact a ON a.id = h.artifact_id ${NAMED}
     WHERE m.name ILIKE $2 ORDER BY lower(m.name), a.id LIMIT $3`,
    [identity, containsPattern(text), limit],
  );
  return toList(rows);
}

function toList(rows: readonly HolderRecord[]): HolderList {
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
