import { listLayers } from "#lib/db/queries/list-layers.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { checkSized } from "./check-sized.ts";
import { whileWhole } from "./while-whole.ts";

export type WasteAnswer = Awaited<ReturnType<typeof answerWaste>>;

/** The hidden files of an image, largest first up to the limit, and its layers, lowest first. Throws a GoneError if it is removed meanwhile, a SizelessError for an SBOM. */
export function answerWaste(db: Queryable, artifactId: number, limit: number) {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const [wasted, layers] = await Promise.all([listWasted(db, artifactId, limit), listLayers(db, [artifactId])]);
    return { ...wasted, layers };
  });
}
