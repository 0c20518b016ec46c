import type { CutBodies } from "#lib/model/chunk.ts";
import type { HeldItems, Holding, ImageHolding } from "#lib/model/holding.ts";
import { findWireRatios } from "./build-rung.ts";
import { buildUnits, type Rung, type RungRows } from "./rung.ts";

/** What the number beside it is: kept apart, for the database numbers each from 1 up. */
const Kind = { chunk: 0, uncutBody: 1, item: 2 } as const;

/**
 * The `chunk` rung over these artifacts: a unit is a FastCDC chunk. A body that was never cut stands for its chunks, and an
 * item of a closure for those of its files: the rung is estimated then, and never below what it would be.
 */
export function buildChunkRung(holdings: readonly Holding[], cut: CutBodies): Rung {
  const rows = holdings.map((holding) => findRows(holding, cut));
  const artifacts = holdings.map((holding, i) => {
    return holding.kind === "image" ? toChunkRows(holding, rows[i]!, cut) : toItemRows(holding.items);
  });
  const whole = artifacts.every(({ second }) => second.every((kind) => kind === Kind.chunk));
  const { unitOfRow: _, ...rung } = buildUnits("chunk", artifacts, !whole);
  return { ...rung, row: rung.row.map((place, unit) => rows[rung.holder[unit]!]![place]!) };
}

/** For each chunk of an artifact, body after body, the row of its body; for each item its own. */
function findRows(holding: Holding, { chunkIds }: CutBodies): Int32Array {
  if (holding.kind === "closure") return Int32Array.from({ length: holding.items.count }, (_, i) => i);
  const { count, contentId } = holding.bodies;
  const lengths = Int32Array.from({ length: count }, (_, i) => chunkIds.get(contentId[i]!)?.length ?? 1);
  const rows = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (let i = 0; i < count; i++) {
    rows.fill(i, at, at + lengths[i]!);
    at += lengths[i]!;
  }
  return rows;
}

interface ChunkRows extends RungRows {
  /** The kind of each row. */
  readonly second: Int32Array;
}

function toChunkRows(image: ImageHolding, rows: Int32Array, { chunkIds, chunkBytes }: CutBodies): ChunkRows {
  const { contentId, layer, byteCount } = image.bodies;
  const ratios = findWireRatios(image.layers);
  const columns = {
    first: new Int32Array(rows.length),
    second: new Int32Array(rows.length),
    byteCount: new Float64Array(rows.length),
    wireRatio: Float64Array.from(rows, (body) => ratios[layer[body]!]!),
  };
  let start = 0;
  for (let at = 0; at < rows.length; at++) {
    const body = rows[at]!;
    if (at > 0 && rows[at - 1] !== body) start = at;
    const chunk = chunkIds.get(contentId[body]!)?.[at - start];
    columns.first[at] = chunk ?? contentId[body]!;
    columns.second[at] = chunk === undefined ? Kind.uncutBody : Kind.chunk;
    columns.byteCount[at] = chunk === undefined ? byteCount[body]! : (chunkBytes.get(chunk) ?? 0);
  }
  return columns;
}

/** The files of an item are not known, nor are their chunks. */
function toItemRows({ count, componentId, narSize }: HeldItems): ChunkRows {
  const second = new Int32Array(count).fill(Kind.item);
  return { first: componentId, second, byteCount: narSize, wireRatio: new Float64Array(count).fill(1) };
}
