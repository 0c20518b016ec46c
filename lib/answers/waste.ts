import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listWasted, type WastedList } from "#lib/db/queries/list-wasted.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";

export interface WasteAnswer extends WastedList {
  /** All layers of the image, lowest first, each with the bytes that no container sees; none of a closure. */
  readonly layers: readonly LayerRow[];
}

/** The files of an image that no container sees, largest first up to the limit. Throws a GoneError where it is removed meanwhile. */
export function answerWaste(db: Queryable, artifactId: number, limit: number): Promise<WasteAnswer> {
  return whileThere(db, [{ id: artifactId }], async () => {
    const [wasted, layers] = await Promise.all([listWasted(db, artifactId, limit), listLayers(db, [artifactId])]);
    return { ...wasted, layers };
  });
}
