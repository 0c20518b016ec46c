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
       coalesce(i.command, '{}') AS command, coalesce(c.store_dir, '') AS "storeDir", coalesce(c.roots_known, true) AS "rootsKnown"
     FROM ${ARTIFACT_TABLES} WHERE a.id = ANY($1)`,
    [ids],
  );
  return rows.map((row) => ({ ...row, ...toSizes(row) }));
}
