import type { ClosureHolding, HeldItems, ItemBodies } from "#lib/model/holding.ts";
import { PACKED_ITEM_VERSION } from "../packed-files.ts";
import { float64Column, int4Column, int8Column } from "./columns.ts";
import { copyOut, integerList } from "./copy-out.ts";
import type { Queryable } from "./queryable.ts";

/** File count of an item whose files are not known. */
const UNREAD = -1;
const NO_BYTES = Buffer.alloc(0);

/** The contents of these closures, in this order, with the files of the items that were read. */
export async function loadClosures(db: Queryable, ids: readonly number[]): Promise<ClosureHolding[]> {
  if (ids.length === 0) return [];
  // As big-endian integers in one value per column: a row per item would cost ten times as much for a store of 100,000.
  const rows = await copyOut(
    db,
    `SELECT n.artifact_id, string_agg(int8send(n.component_id), '' ORDER BY n.node_index),
       string_agg(int8send(n.self_size), '' ORDER BY n.node_index),
       string_agg(int4send(coalesce(p.file_count, ${UNREAD})), '' ORDER BY n.node_index),
       string_agg(p.content_id, '' ORDER BY n.node_index), string_agg(p.byte_count, '' ORDER BY n.node_index),
       (SELECT file_sizes FROM closure_cache f WHERE f.artifact_id = n.artifact_id)
     FROM node n LEFT JOIN packed_item p ON p.component_id = n.component_id AND p.engine_version = ${PACKED_ITEM_VERSION}
     WHERE n.artifact_id = ANY(${integerList(ids)}) GROUP BY n.artifact_id`,
  );
  const items = new Map(rows.map(([id, ...columns]) => [id!.readInt32BE(0), toItems(columns)]));
  return ids.map((artifactId) => ({ kind: "closure", artifactId, items: items.get(artifactId) ?? NO_ITEMS }));
}

const NO_ITEMS: HeldItems = { count: 0, componentId: new Float64Array(0), narSize: new Float64Array(0) };

/**
 * `columns`: component ids, NAR sizes, file counts; content ids and bytes of all files, `undefined` if there are none; download
 * sizes, `undefined` if none are known.
 */
function toItems(columns: readonly (Buffer | undefined)[]): HeldItems {
  const [componentIds, narSizes, fileCounts, contentIds, byteCounts] = columns.map((column) => column ?? NO_BYTES);
  const componentId = int8Column(componentIds!);
  const fileSize = columns[5] && { fileSize: float64Column(columns[5]) };
  const items = { count: componentId.length, componentId, narSize: int8Column(narSizes!), ...fileSize };
  const counts = int4Column(fileCounts!);
  if (counts.every((fileCount) => fileCount === UNREAD)) return items;
  return { ...items, bodies: toBodies(counts, int4Column(contentIds!), int8Column(byteCounts!)) };
}

function toBodies(fileCounts: Int32Array, contentId: Int32Array, byteCount: Float64Array): ItemBodies {
  const item = new Int32Array(contentId.length);
  let row = 0;
  for (const [i, fileCount] of fileCounts.entries()) {
    if (fileCount > 0) item.fill(i, row, row + fileCount);
    row += Math.max(0, fileCount);
  }
  const known = Uint8Array.from(fileCounts, (fileCount) => (fileCount === UNREAD ? 0 : 1));
  return { count: contentId.length, known, item, contentId, byteCount };
}
