import { ID_DIGITS } from "#lib/model/artifact-id.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import { READER_VERSION } from "../engine-version.ts";
import { namePattern, type Queryable } from "./queryable.ts";

export type ArtifactSort = "scanned" | "name" | "bytes" | "wasted" | "layers" | "nodes" | "download";
export type SortDirection = "asc" | "desc";

export interface ArtifactFilter {
  /** Part of a name, or with `*` a pattern for the whole name. */
  readonly text?: string;
  readonly kind?: ArtifactKind;
  readonly sort?: ArtifactSort;
  readonly direction?: SortDirection;
  readonly limit: number;
}

/** One artifact as a list shows it. Sizes in bytes, 0 if the kind has no such size (an SBOM has none), `undefined` if it is not known. */
export interface ArtifactRow {
  readonly id: number;
  readonly kind: ArtifactKind;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** The last seen of its current names; its id if it has none. */
  readonly name: string;
  /** Its current names, the last seen first, at most `MAX_NAMES_LISTED`. */
  readonly names: readonly string[];
  /** Number of all current names. */
  readonly nameCount: number;
  /** Source of the last scan. */
  readonly source: string;
  readonly platform: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly layerCount: number;
  /** An image that is known by its manifest and config alone: of its sizes only that of the download is known. */
  readonly manifestOnly: boolean;
  /** An image whose packages an earlier version detected. */
  readonly isOutdated: boolean;
  readonly layersContentSize: number | undefined;
  readonly rootfsSize: number | undefined;
  readonly wastedSize: number | undefined;
  /** `undefined` if the compressed size of a layer is not known, or of an item of a closure: only binary caches tell that. */
  readonly downloadSize: number | undefined;
  readonly closureSize: number;
  /** Milliseconds since the epoch. */
  readonly scannedAt: number;
}

export interface ArtifactList {
  readonly rows: readonly ArtifactRow[];
  /** Number of all matches, shown or not. */
  readonly matching: number;
}

/** Names per row: an archive may give one image 10,000. */
const MAX_NAMES_LISTED = 12;

// Sort keys come from a URL: only these constants reach the SQL text.
const SORT_COLUMNS: Readonly<Record<ArtifactSort, string>> = {
  scanned: "a.scanned_at",
  name: "lower(coalesce(n.names[1], encode(a.digest, 'hex')))",
  bytes: "coalesce(i.layers_content_size, c.closure_size)",
  wasted: ofImage("wasted_size"),
  layers: "l.layer_count",
  nodes: "a.node_count",
  download: "coalesce(i.download_size, f.download_size)",
};

/** SQL: whether artifact `a` is known by its manifest alone; `i` is its image, if it is one. */
export const MANIFEST_ONLY = "(i.artifact_id IS NOT NULL AND i.rootfs_size IS NULL)";

function ofImage(column: string): string {
  return `CASE WHEN i.artifact_id IS NULL THEN 0 ELSE i.${column} END`;
}

export const ARTIFACT_COLUMNS = `a.id, a.kind, 'sha256:' || encode(a.digest, 'hex') AS digest,
  coalesce(n.names[1], left(encode(a.digest, 'hex'), ${ID_DIGITS})) AS name,
  coalesce(n.names[1:${MAX_NAMES_LISTED}], '{}') AS names, coalesce(cardinality(n.names), 0) AS "nameCount",
  coalesce(s.source, '') AS source, a.platform, a.node_count AS "nodeCount", a.edge_count AS "edgeCount",
  l.layer_count AS "layerCount", ${MANIFEST_ONLY} AS "manifestOnly",
  (i.rootfs_size IS NOT NULL AND i.reader_version < ${READER_VERSION}) AS "isOutdated", ${ofImage("layers_content_size")} AS "layersContentSize",
  ${ofImage("rootfs_size")} AS "rootfsSize", ${ofImage("wasted_size")} AS "wastedSize", coalesce(i.download_size, f.download_size) AS "downloadSize",
  coalesce(c.closure_size, 0) AS "closureSize", round(extract(epoch FROM a.scanned_at) * 1000) AS "scannedAt"`;

/** An artifact with the columns of its kind, and its current names. */
export const ARTIFACT_TABLES = `artifact a
  LEFT JOIN image i ON i.artifact_id = a.id
  LEFT JOIN closure c ON c.artifact_id = a.id
  LEFT JOIN closure_cache f ON f.artifact_id = a.id
  CROSS JOIN LATERAL (
    SELECT array_agg(name ORDER BY seen_at DESC, name) AS names FROM artifact_name WHERE artifact_id = a.id AND moved_at IS NULL
  ) n
  LEFT JOIN LATERAL (
    SELECT source FROM artifact_name WHERE artifact_id = a.id ORDER BY moved_at IS NOT NULL, seen_at DESC, name LIMIT 1
  ) s ON true
  CROSS JOIN LATERAL (SELECT count(*)::int AS layer_count FROM image_layer WHERE artifact_id = a.id) l`;

/** One of its names contains the text, or its id does if it has no name. */
const NAMED_LIKE = `EXISTS (SELECT FROM artifact_name m WHERE m.artifact_id = a.id AND m.moved_at IS NULL AND m.name ILIKE $2)
  OR n.names IS NULL AND left(encode(a.digest, 'hex'), ${ID_DIGITS}) ILIKE $2`;

/** Artifacts by name, kind and order, with the count of all matches. */
export async function listArtifacts(db: Queryable, filter: ArtifactFilter): Promise<ArtifactList> {
  const { text = "", kind, sort = "scanned", direction = "desc", limit } = filter;
  const { rows } = await db.query<ArtifactRecord & { matching: number }>(
    `SELECT ${ARTIFACT_COLUMNS}, count(*) OVER () AS matching FROM ${ARTIFACT_TABLES}
     WHERE ($1 = '' OR ${NAMED_LIKE}) AND ($3::text IS NULL OR a.kind = $3)
     ORDER BY ${SORT_COLUMNS[sort]} ${direction === "asc" ? "ASC" : "DESC"} NULLS LAST, a.id DESC LIMIT $4`,
    [text, namePattern(text), kind ?? null, limit],
  );
  return {
    rows: rows.map(({ matching: _, ...row }) => ({ ...row, ...toSizes(row) })),
    matching: rows[0]?.matching ?? 0,
  };
}

interface SizeRecord {
  readonly layersContentSize: number | null;
  readonly rootfsSize: number | null;
  readonly wastedSize: number | null;
  readonly downloadSize: number | null;
}

/** An artifact as sent. */
export type ArtifactRecord = Omit<ArtifactRow, keyof SizeRecord> & SizeRecord;

/** The sizes of an artifact as sent. */
export function toSizes({ layersContentSize, rootfsSize, wastedSize, downloadSize }: SizeRecord) {
  return {
    layersContentSize: layersContentSize ?? undefined,
    rootfsSize: rootfsSize ?? undefined,
    wastedSize: wastedSize ?? undefined,
    downloadSize: downloadSize ?? undefined,
  };
}
