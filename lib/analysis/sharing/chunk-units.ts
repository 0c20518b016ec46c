import type { CutBodies } from "#lib/model/chunk.ts";
import type { HeldItems, Holding, ImageHolding } from "#lib/model/holding.ts";
import { findWireRatios } from "./build-rung.ts";
import { buildUnits, type Rung, type RungRows } from "./rung.ts";

/** Chunks, bodies and items are numbered from 1 up each: a body's key is made negative, an item's lies below all of them. */
const ITEM = -(2 ** 40);

/** What an artifact holds, a row a chunk: `body` is the row of the chunk's body, or the item's. */
interface ChunkRows extends RungRows {
  readonly body: Int32Array;
  /** True where every body is cut. */
  readonly whole: boolean;
}

/**
 * The `chunk` rung over these artifacts: a unit is a FastCDC chunk. A body that was never cut stands for its chunks, and an
 * item of a closure for those of its files: the rung is estimated then, and never below what it would be.
 */
export function buildChunkRung(holdings: readonly Holding[], cut: CutBodies): Rung {
  const artifacts = holdings.map((holding) =>
    holding.kind === "image" ? toChunkRows(holding, cut) : toItemRows(holding.items),
  );
  const estimated = artifacts.some(({ whole }) => !whole);
  const { unitOfRow: _, ...rung } = buildUnits("chunk", artifacts, estimated);
  return { ...rung, row: rung.row.map((row, unit) => artifacts[rung.holder[unit]!]!.body[row]!) };
}

function toChunkRows({ layers, bodies }: ImageHolding, cut: CutBodies): ChunkRows {
  const { count, contentId, layer, byteCount } = bodies;
  const ratios = findWireRatios(layers);
  const rows = openRows(countRows(bodies, cut));
  let row = 0;
  let whole = true;
  const add = (body: number, key: number, bytes: number) => {
    rows.first[row] = key;
    rows.byteCount[row] = bytes;
    rows.wireRatio[row] = ratios[layer[body]!]!;
    rows.body[row++] = body;
  };
  for (let i = 0; i < count; i++) {
    const chunks = cut.chunkIds.get(contentId[i]!);
    whole &&= chunks !== undefined;
    if (chunks === undefined) add(i, -contentId[i]!, byteCount[i]!);
    else for (const id of chunks) add(i, id, cut.chunkBytes.get(id) ?? 0);
  }
  return { ...rows, whole };
}

function countRows({ contentId }: ImageHolding["bodies"], { chunkIds }: CutBodies): number {
  let count = 0;
  for (const id of contentId) count += chunkIds.get(id)?.length ?? 1;
  return count;
}

function openRows(count: number) {
  const [first, byteCount, wireRatio] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  return { first, byteCount, wireRatio, body: new Int32Array(count) };
}

function toItemRows({ count, componentId, narSize }: HeldItems): ChunkRows {
  const first = componentId.map((id) => ITEM - id);
  const body = Int32Array.from({ length: count }, (_, i) => i);
  return { first, byteCount: narSize, wireRatio: new Float64Array(count).fill(1), body, whole: false };
}
