import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import type { NamePeriod } from "#lib/model/name-version.ts";
import { repositoryOf } from "#lib/model/repository-name.ts";
import { toStorable } from "../write/storable-text.ts";
import { MANIFEST_ONLY } from "./list-artifacts.ts";
import type { Queryable } from "./queryable.ts";

/** An artifact during a time in which a name referred to it. Sizes in bytes, `null` if unknown or if its kind has no such size. */
export interface VersionRow extends NamePeriod {
  readonly artifactId: number;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly kind: ArtifactKind;
  readonly platform: string;
  readonly manifestOnly: boolean;
  readonly nodeCount: number;
  readonly layersContentSize: number | null;
  readonly rootfsSize: number | null;
  readonly downloadSize: number | null;
  readonly closureSize: number | null;
  /** `created` of an image's config, verbatim; "" for others. */
  readonly createdAt: string;
}

/** The repository of the name of `n`, as in lib/model/repository-name.ts and the index artifact_name_repository_idx. */
const REPOSITORY = "regexp_replace(regexp_replace(n.name, '@[^/@]*$', ''), ':[^/:]+$', '')";

const COLUMNS = `n.name, n.source, round(extract(epoch FROM n.since_at) * 1000) AS since,
  round(extract(epoch FROM n.seen_at) * 1000) AS "seenAt", round(extract(epoch FROM n.moved_at) * 1000) AS until,
  a.id AS "artifactId", 'sha256:' || encode(a.digest, 'hex') AS digest, a.kind, a.platform, a.node_count AS "nodeCount",
  ${MANIFEST_ONLY} AS "manifestOnly", i.layers_content_size AS "layersContentSize", i.rootfs_size AS "rootfsSize",
  coalesce(i.download_size, f.download_size) AS "downloadSize", c.closure_size AS "closureSize", coalesce(i.created_at, '') AS "createdAt"`;

const TABLES = `artifact_name n JOIN artifact a ON a.id = n.artifact_id
  LEFT JOIN image i ON i.artifact_id = a.id
  LEFT JOIN closure c ON c.artifact_id = a.id
  LEFT JOIN closure_cache f ON f.artifact_id = a.id`;

/** Everything that a name ever referred to, and that was not removed, in the order of time; [] for an unknown name. */
export async function listNameVersions(db: Queryable, name: string): Promise<VersionRow[]> {
  const { rows } = await db.query<VersionRow>(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE n.name = $1 ORDER BY coalesce(n.since_at, n.seen_at), n.id`,
    [toStorable(name)],
  );
  return rows;
}

/** The same for all names of a repository: itself, and itself with any tag. */
export async function listRepositoryVersions(db: Queryable, repository: string): Promise<VersionRow[]> {
  const { rows } = await db.query<VersionRow>(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE hashtext(${REPOSITORY}) = hashtext($1) AND ${REPOSITORY} = $1
     ORDER BY coalesce(n.since_at, n.seen_at), n.id`,
    [toStorable(repositoryOf(repository))],
  );
  return rows;
}
