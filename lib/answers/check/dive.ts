import type { Pool } from "pg";
import { DiveCounter } from "#lib/analysis/gates/dive-figures.ts";
import { listLayerEntries } from "#lib/db/queries/list-layer-entries.ts";
import { listLayerIds } from "#lib/db/queries/list-layer-ids.ts";
import type { DiveFigures } from "#lib/model/check-answer.ts";
import { checkSized } from "../check-sized.ts";
import { whileWhole } from "../while-whole.ts";

/**
 * dive's figures of an image, from the stored entries of its layers. Throws a NotKnownError for an SBOM, an image known by its
 * manifest alone, and one with too many paths.
 */
export function loadDiveFigures(db: Pool, artifactId: number): Promise<DiveFigures> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const counter = new DiveCounter();
    for (const layerId of await listLayerIds(db, artifactId)) {
      counter.beginLayer();
      for await (const entries of listLayerEntries(db, layerId)) for (const entry of entries) counter.addEntry(entry);
      counter.endLayer();
    }
    return counter.finish();
  });
}
