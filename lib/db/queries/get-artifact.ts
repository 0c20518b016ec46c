import type { Problem } from "#lib/model/problem.ts";
import {
  ARTIFACT_COLUMNS,
  ARTIFACT_TABLES,
  type ArtifactRecord,
  type ArtifactRow,
  toArtifactRow,
} from "./list-artifacts.ts";
import type { Queryable } from "./queryable.ts";

/** One artifact with all figures about the whole of it. */
export interface ArtifactDetail extends ArtifactRow {
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

interface DetailRecord extends ArtifactRecord {
  all_names: string[] | null;
  problems: Problem[];
  config_digest: string | null;
  created_at: string | null;
  command: string[] | null;
  store_dir: string | null;
  roots_known: boolean | null;
}

/** The artifact with this id, or `undefined`. */
export async function getArtifact(db: Queryable, id: number): Promise<ArtifactDetail | undefined> {
  const { rows } = await db.query<DetailRecord>(
    `SELECT ${ARTIFACT_COLUMNS}, a.problems, 'sha256:' || encode(i.config_digest, 'hex') AS config_digest, i.created_at,
       i.command, c.store_dir, c.roots_known, n.names AS all_names
     FROM ${ARTIFACT_TABLES} WHERE a.id = $1`,
    [id],
  );
  return rows[0] === undefined ? undefined : toDetail(rows[0]);
}

function toDetail(record: DetailRecord): ArtifactDetail {
  return {
    ...toArtifactRow(record),
    allNames: record.all_names ?? [],
    problems: record.problems,
    configDigest: record.config_digest ?? "",
    createdAt: record.created_at ?? "",
    command: record.command ?? [],
    storeDir: record.store_dir ?? "",
    rootsKnown: record.roots_known ?? true,
  };
}
