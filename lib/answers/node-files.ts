import type { Pool } from "pg";
import { listEntryPaths } from "#lib/db/queries/list-entry-paths.ts";
import { listItemFiles } from "#lib/db/queries/list-item-files.ts";
import type { CellFile } from "#lib/model/answer.ts";
import type { HeldItems, ImageHolding } from "#lib/model/holding.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { checkSized } from "./check-sized.ts";
import { loadKeptHoldings } from "./kept/holdings.ts";
import { whileWhole } from "./while-whole.ts";

/** The regular files of a node: an image's have paths without a leading slash, a store item's are relative to the item. */
export interface NodeFiles {
  /** The largest first, cut at the limit. `path`: "" if a store item is itself a file. */
  readonly rows: readonly CellFile[];
  readonly count: number;
  readonly bytes: number;
}

interface FilesQuestion {
  readonly artifactId: number;
  readonly nodeIndex: number;
  readonly limit: number;
}

/** The files of one node; `undefined` for a store item with unread files. Hard links of one body are one file. */
export function answerNodeFiles(
  db: Pool,
  { artifactId, nodeIndex, limit }: FilesQuestion,
): Promise<NodeFiles | undefined> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const [held] = await loadKeptHoldings(db, [{ id: artifactId }]);
    return held!.kind === "image"
      ? ownedFiles(db, held!, nodeIndex, limit)
      : itemFiles(db, held!.items, nodeIndex, limit);
  });
}

async function ownedFiles(db: Pool, { layers, bodies }: ImageHolding, node: number, limit: number): Promise<NodeFiles> {
  const own: number[] = [];
  let bytes = 0;
  for (let row = 0; row < bodies.count; row++) {
    if (bodies.owner[row] !== node) continue;
    own.push(row);
    bytes += bodies.byteCount[row]!;
  }
  own.sort((a, b) => bodies.byteCount[b]! - bodies.byteCount[a]! || a - b);
  const shown = own.slice(0, limit);
  const places = shown.map((row) => ({ layerId: layers[bodies.layer[row]!]!.layerId, entry: bodies.entry[row]! }));
  const paths = await listEntryPaths(db, places);
  const rows = shown.map((row, i) => ({ path: paths[i]!, bytes: bodies.byteCount[row]! }));
  return { rows, count: own.length, bytes };
}

async function itemFiles(db: Pool, items: HeldItems, node: number, limit: number): Promise<NodeFiles | undefined> {
  if (items.bodies?.known[node] !== 1) return undefined;
  const names = await listItemFiles(db, [items.componentId[node]!]);
  const files = names
    .filter(({ kind }) => kind === EntryKind.file)
    .map(({ path, byteCount }) => ({ path, bytes: byteCount }))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { rows: files.slice(0, limit), count: files.length, bytes };
}
