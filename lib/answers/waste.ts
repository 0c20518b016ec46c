import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listWasted, type WastedList } from "#lib/db/queries/list-wasted.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";

export interface WasteAnswer extends WastedList {
  /** All layers of the image, lowest first, each with its hidden bytes; [] for a closure. */
  readonly layers: readonly LayerRow[];
}

/** The hidden files of an image, largest first up to the limit. Throws a GoneError if it is removed meanwhile. */
export function answerWaste(db: Queryable, artifactId: number, limit: number): Promise<WasteAnswer> {
  return whileThere(db, [{ id: artifactId }], async () => {
    const [wasted, layers] = await Promise.all([listWasted(db, artifactId, limit), listLayers(db, [artifactId])]);
    return { ...wasted, layers };
  });
}
