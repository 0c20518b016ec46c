import { GoneError, type Problem } from "#lib/model/problem.ts";
import { ARTIFACT_COLUMNS, ARTIFACT_TABLES, type ArtifactRecord, type ArtifactRow, toSizes } from "./list-artifacts.ts";
import type { Queryable } from "./queryable.ts";

/** One artifact with all figures about the whole of it. */
export interface ArtifactDetail extends ArtifactRow, WholeFacts {}

interface WholeFacts {
  /** All its current names, the last seen first. */
  readonly allNames: readonly string[];
  readonly problems: readonly Problem[];
  /** Images: `sha256:…` of the config, its creation time, and its command. Closures: "" and []. */
  readonly configDigest: string;
  readonly createdAt: string;
  readonly command: readonly string[];
  /** SBOMs: `cyclonedx` or `spdx`, the version of its specification, the document's own name, its listed files. Others: "" and 0. */
  readonly format: string;
  readonly specVersion: string;
  readonly documentName: string;
  readonly fileCount: number;
  /** Closures: the store's location, and whether its GC roots were known. Images: "" and true. */
  readonly storeDir: string;
  readonly rootsKnown: boolean;
}

/** The artifact with this id. Throws a GoneError if it was removed. */
export async function getArtifact(db: Queryable, id: number): Promise<ArtifactDetail> {
  const [found] = await listDetails(db, [id]);
  if (found === undefined) throw new GoneError();
  return found;
}

/** The artifacts with these ids, in any order, without those that were removed. */
export async function listDetails(db: Queryable, ids: readonly number[]): Promise<ArtifactDetail[]> {
  const { rows } = await db.query<ArtifactRecord & WholeFacts>(
    `SELECT ${ARTIFACT_COLUMNS}, coalesce(n.names, '{}') AS "allNames", a.problems,
       coalesce('sha256:' || encode(i.config_digest, 'hex'), '') AS "configDigest", coalesce(i.created_at, '') AS "createdAt",
       coalesce(i.command, '{}') AS command, coalesce(c.store_dir, '') AS "storeDir", coalesce(c.roots_known, true) AS "rootsKnown",
       coalesce(b.format, '') AS format, coalesce(b.spec_version, '') AS "specVersion",
       coalesce(b.document_name, '') AS "documentName", coalesce(b.file_count, 0) AS "fileCount"
     FROM ${ARTIFACT_TABLES} LEFT JOIN sbom b ON b.artifact_id = a.id WHERE a.id = ANY($1)`,
    [ids],
  );
  return rows.map((row) => ({ ...row, ...toSizes(row) }));
}
