import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import type { HeldBodies, HeldLayer, Holding, ImageHolding } from "#lib/model/holding.ts";
import { GoneError, UnreachableError } from "#lib/model/problem.ts";
import { PACKED_FILES_VERSION } from "../packed-files.ts";
import { float64Column, int32Column, splitRows } from "./columns.ts";
import { copyOut, integerList } from "./copy-out.ts";
import { loadClosures } from "./load-closures.ts";
import type { Queryable } from "./queryable.ts";

/**
 * The holdings of these artifacts, in the order asked for. Throws an UnreachableError if an image was scanned before files were
 * packed, and an Error if an artifact does not exist.
 */
export async function loadHoldings(db: Queryable, artifactIds: readonly number[]): Promise<Holding[]> {
  const ids = [...new Set(artifactIds)];
  const kinds = await loadKinds(db, ids);
  const [images, closures, sboms] = await Promise.all([
    loadImages(
      db,
      ids.filter((id) => kinds.get(id) === "image"),
    ),
    loadClosures(
      db,
      ids.filter((id) => kinds.get(id) === "closure"),
    ),
    loadClosures(
      db,
      ids.filter((id) => kinds.get(id) === "sbom"),
    ),
  ]);
  const listed: Holding[] = [...images, ...closures, ...sboms.map((held) => ({ ...held, kind: "sbom" as const }))];
  const holdings = new Map(listed.map((holding) => [holding.artifactId, holding]));
  return artifactIds.map((id) => holdings.get(id) ?? throwGone());
}

function throwGone(): never {
  throw new GoneError();
}

async function loadKinds(db: Queryable, ids: readonly number[]): Promise<Map<number, Holding["kind"]>> {
  const { rows } = await db.query<{ id: number; kind: ArtifactKind }>(
    "SELECT id, kind FROM artifact WHERE id = ANY($1)",
    [ids],
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

/** Whether the files of an image are packed as this version reads them. */
export async function hasPackedFiles(db: Queryable, artifactId: number): Promise<boolean> {
  const { rows } = await db.query("SELECT FROM packed_files WHERE artifact_id = $1 AND engine_version = $2", [
    artifactId,
    PACKED_FILES_VERSION,
  ]);
  return rows.length > 0;
}

async function loadImages(db: Queryable, ids: readonly number[]): Promise<ImageHolding[]> {
  if (ids.length === 0) return [];
  const [layers, files] = await Promise.all([loadLayers(db, ids), loadFiles(db, ids)]);
  return ids.map((artifactId) => {
    const held = layers.get(artifactId) ?? [];
    const record = files.get(artifactId);
    if (record === undefined) {
      const message = "was scanned by an older version: run `stratigraph migrate --rebuild` once";
      throw new UnreachableError(`artifact ${artifactId} ${message}`);
    }
    return { kind: "image", artifactId, layers: held, bodies: toBodies(record, held) };
  });
}

async function loadLayers(db: Queryable, ids: readonly number[]): Promise<Map<number, HeldLayer[]>> {
  const { rows } = await db.query<Omit<HeldLayer, "downloadSize"> & { artifact: number; downloadSize: number | null }>(
    `SELECT p.artifact_id AS artifact, p.layer_id AS "layerId", 'sha256:' || encode(l.diff_id, 'hex') AS "diffId",
       'sha256:' || encode(p.chain_id, 'hex') AS "chainId", 'sha256:' || encode(p.blob_digest, 'hex') AS digest,
       p.download_size AS "downloadSize", l.content_size AS "contentSize", l.entry_count AS "entryCount"
     FROM image_layer p JOIN layer l ON l.id = p.layer_id WHERE p.artifact_id = ANY($1) ORDER BY p.artifact_id, p.position`,
    [ids],
  );
  const layers = new Map<number, HeldLayer[]>(ids.map((id) => [id, []]));
  for (const { artifact, downloadSize, ...layer } of rows) {
    layers.get(artifact)?.push({ ...layer, downloadSize: downloadSize ?? undefined });
  }
  return layers;
}

/** One image's columns: body, owner, content_id, byte_count, place. */
type FilesRecord = readonly Buffer[];

async function loadFiles(db: Queryable, ids: readonly number[]): Promise<Map<number, FilesRecord>> {
  // Two at a time: most of the work is decompression in the server, which has one process per connection.
  const half = Math.ceil(ids.length / 2);
  const parts = await Promise.all([ids.slice(0, half), ids.slice(half)].map((part) => copyFiles(db, part)));
  return new Map(parts.flat());
}

async function copyFiles(db: Queryable, ids: readonly number[]): Promise<[number, FilesRecord][]> {
  if (ids.length === 0) return [];
  const rows = await copyOut(
    db,
    `SELECT artifact_id, body, owner, content_id, byte_count, place FROM packed_files
     WHERE artifact_id = ANY(${integerList(ids)}) AND engine_version = ${PACKED_FILES_VERSION}`,
  );
  return rows.map(([id, ...columns]) => [id!.readInt32BE(0), columns.map((column) => column!)]);
}

function toBodies([body, owner, contentId, byteCount, place]: FilesRecord, layers: readonly HeldLayer[]): HeldBodies {
  const rows = int32Column(body!);
  return {
    count: rows.length,
    ...splitRows(rows, layers),
    byteCount: float64Column(byteCount!),
    contentId: int32Column(contentId!),
    owner: int32Column(owner!),
    place: float64Column(place!),
  };
}
