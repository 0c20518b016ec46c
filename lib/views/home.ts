import "server-only";
import { type ArtifactFilter, type ArtifactRow, listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listOnlyHere } from "#lib/db/queries/list-only-here.ts";
import { listRetained, type RetainedNode } from "#lib/db/queries/list-retained.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { type SharingTotals, sumSharing } from "#lib/db/queries/sum-sharing.ts";
import { type Column, NO_COLUMN, toImageColumn } from "#lib/model/column.ts";
import { database } from "./database.ts";

export type { ArtifactFilter, ArtifactRow, ArtifactSort } from "#lib/db/queries/list-artifacts.ts";
export type { SharingTotals } from "#lib/db/queries/sum-sharing.ts";

/** Nodes drawn in a closure's thumbnail. */
const THUMBNAIL_NODES = 24;

export interface ArtifactCard extends ArtifactRow {
  readonly column: Column;
  /** Images: bytes of the layers that no other stored image has on the same lower layers. */
  readonly onlyHere: number | undefined;
}

export interface HomeView {
  readonly artifacts: readonly ArtifactCard[];
  /** Number of artifacts that match the filter, shown or not. */
  readonly matching: number;
  readonly sharing: SharingTotals;
}

/** The stored artifacts, and the bytes that sharing would save. */
export async function loadHome(filter: ArtifactFilter): Promise<HomeView> {
  const db = await database();
  const [{ rows, matching }, sharing] = await Promise.all([listArtifacts(db, filter), sumSharing(db)]);
  // Where layers were not read, the bytes of one image alone are not known.
  const readIds = rows.filter(({ manifestOnly }) => !manifestOnly).map(({ id }) => id);
  const [columns, onlyHere] = await Promise.all([loadColumns(db, rows), listOnlyHere(db, readIds)]);
  const artifacts = rows.map((row) => ({ ...row, column: columns.get(row.id)!, onlyHere: onlyHere.get(row.id) }));
  return { artifacts, matching, sharing };
}

async function loadColumns(db: Queryable, rows: readonly ArtifactRow[]): Promise<Map<number, Column>> {
  const idsOf = (kind: ArtifactRow["kind"]) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  const [layers, nodes] = await Promise.all([
    listLayers(db, idsOf("image")),
    listRetained(db, idsOf("closure"), THUMBNAIL_NODES),
  ]);
  const layersOf = Map.groupBy(layers, ({ artifactId }) => artifactId);
  const nodesOf = Map.groupBy(nodes, ({ artifactId }) => artifactId);
  return new Map(
    rows.map((row): [number, Column] => [row.id, toColumn(row, layersOf.get(row.id) ?? [], nodesOf.get(row.id) ?? [])]),
  );
}

function toColumn(row: ArtifactRow, layers: readonly LayerRow[], nodes: readonly RetainedNode[]): Column {
  if (row.kind === "image") return toImageColumn(row, layers);
  return row.kind === "closure" ? { kind: "closure", bytes: row.closureSize, nodes } : NO_COLUMN;
}
