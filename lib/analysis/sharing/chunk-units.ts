import type { CutBodies } from "#lib/model/chunk.ts";
import type { HeldItems, Holding, ImageHolding } from "#lib/model/holding.ts";
import { computeItemRatios, computeWireRatios } from "./build-rung.ts";
import { buildUnits, type RungRows, type RungUnits } from "./rung.ts";

/** Chunks, bodies and items are each numbered from 1: a body's key is negated, and an item's is below all of those. */
const ITEM = -(2 ** 40);

/** The chunks of an artifact, one row each: `body` is the row of the chunk's body, or the item with that body. */
interface ChunkRows extends RungRows {
  readonly body: Int32Array;
  readonly wireRatio: Float64Array;
  /** True if every body is chunked. */
  readonly whole: boolean;
}

/**
 * The `chunk` rung over these artifacts: a unit is a FastCDC chunk. A body without chunks counts as one unit, and so does an item
 * whose files are unread: the rung is then an estimate, and never below the exact value.
 */
export function buildChunkRung(holdings: readonly Holding[], cut: CutBodies): RungUnits {
  const artifacts = holdings.map((holding) =>
    holding.kind === "image" ? toChunkRows(toImageBodies(holding), cut) : toItemRows(holding.items, cut),
  );
  const estimated = artifacts.some(({ whole }) => !whole);
  const { unitOfRow: _, ...rung } = buildUnits("chunk", artifacts, estimated);
  return { ...rung, row: rung.row.map((row, unit) => artifacts[rung.holder[unit]!]!.body[row]!) };
}

/** Bodies of either kind of artifact. `holder`: the row that a body's chunks are attributed to, its own or its item's. */
interface Bodies {
  readonly contentId: Int32Array;
  readonly byteCount: Float64Array;
  readonly wireRatio: (body: number) => number;
  readonly holder: (body: number) => number;
}

function toImageBodies({ layers, bodies: { contentId, byteCount, layer } }: ImageHolding): Bodies {
  const ratios = computeWireRatios(layers);
  return { contentId, byteCount, wireRatio: (body) => ratios[layer[body]!]!, holder: (body) => body };
}

function toChunkRows({ contentId, byteCount, wireRatio, holder }: Bodies, cut: CutBodies, more = 0): ChunkRows {
  const rows = openRows(countRows(contentId, cut) + more);
  let row = 0;
  let whole = true;
  const add = (body: number, key: number, bytes: number) => {
    rows.first[row] = key;
    rows.byteCount[row] = bytes;
    rows.wireRatio[row] = wireRatio(body);
    rows.body[row++] = holder(body);
  };
  for (let i = 0; i < contentId.length; i++) {
    const chunks = cut.chunkIds.get(contentId[i]!);
    whole &&= chunks !== undefined;
    if (chunks === undefined) add(i, -contentId[i]!, byteCount[i]!);
    else for (const id of chunks) add(i, id, cut.chunkBytes.get(id) ?? 0);
  }
  return { ...rows, whole };
}

function countRows(contentId: Int32Array, { chunkIds }: CutBodies): number {
  let count = 0;
  for (const id of contentId) count += chunkIds.get(id)?.length ?? 1;
  return count;
}

function openRows(count: number) {
  const [first, byteCount, wireRatio] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  return { first, byteCount, wireRatio, body: new Int32Array(count) };
}

/** The chunks of the files that were read, then the other items as a whole. */
function toItemRows(items: HeldItems, cut: CutBodies): ChunkRows {
  const { componentId, narSize, bodies } = items;
  const ratios = computeItemRatios(items);
  const unread = [...componentId.keys()].filter((i) => bodies?.known[i] !== 1);
  const { contentId, byteCount, item } = bodies ?? NO_BODIES;
  const files: Bodies = {
    contentId,
    byteCount,
    wireRatio: (body) => ratios[item[body]!]!,
    holder: (body) => item[body]!,
  };
  const rows = toChunkRows(files, cut, unread.length);
  for (const [k, i] of unread.entries()) {
    const row = rows.first.length - unread.length + k;
    rows.first[row] = ITEM - componentId[i]!;
    rows.byteCount[row] = narSize[i]!;
    rows.wireRatio[row] = ratios[i]!;
    rows.body[row] = i;
  }
  return { ...rows, whole: rows.whole && unread.length === 0 };
}

const NO_BODIES = { contentId: new Int32Array(0), byteCount: new Float64Array(0), item: new Int32Array(0) };
