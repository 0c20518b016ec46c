import type { CutBodies } from "#lib/model/chunk.ts";
import type { HeldItems, Holding, ImageHolding } from "#lib/model/holding.ts";
import { findWireRatios } from "./build-rung.ts";
import { type Rung, RungBuilder } from "./rung.ts";

/** What the number beside it is: kept apart, for the database numbers each from 1 up. */
const Kind = { chunk: 0, uncutBody: 1, item: 2 } as const;

/**
 * The `chunk` rung over these artifacts: a unit is a FastCDC chunk. A body that was never cut stands for its chunks, and an
 * item of a closure for those of its files: the rung is estimated then, and never below what it would be.
 */
export function buildChunkRung(holdings: readonly Holding[], cut: CutBodies): Rung {
  const rows = holdings.map((holding) => findRows(holding, cut));
  const builder = new RungBuilder(Math.max(0, ...rows.map((each) => each.length)));
  let whole = true;
  for (const [i, holding] of holdings.entries()) {
    builder.startSet(rows[i]!.length);
    const cutWhole = holding.kind === "image" ? addChunks(builder, holding, cut) : addItems(builder, holding.items);
    whole &&= cutWhole;
  }
  const { unitOfRow: _, ...rung } = builder.build("chunk", !whole);
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

/** True where every body of the image is cut. */
function addChunks(builder: RungBuilder, image: ImageHolding, { chunkIds, chunkBytes }: CutBodies): boolean {
  const { count, contentId, layer, byteCount } = image.bodies;
  const wireRatios = findWireRatios(image.layers);
  let whole = true;
  let place = 0;
  for (let i = 0; i < count; i++) {
    const ratio = wireRatios[layer[i]!]!;
    const chunks = chunkIds.get(contentId[i]!);
    if (chunks === undefined) {
      builder.add(place++, contentId[i]!, Kind.uncutBody, byteCount[i]!, ratio);
      whole = false;
    } else for (const id of chunks) builder.add(place++, id, Kind.chunk, chunkBytes.get(id) ?? 0, ratio);
  }
  return whole;
}

/** False: the files of an item are not known, nor are their chunks. */
function addItems(builder: RungBuilder, { count, componentId, narSize }: HeldItems): boolean {
  for (let i = 0; i < count; i++) builder.add(i, componentId[i]!, Kind.item, narSize[i]!, 1);
  return false;
}
