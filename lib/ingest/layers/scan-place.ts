import type { LayerScan } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import type { BlobPlace } from "#lib/sources/images/source-image.ts";
import type { LayerPool } from "./layer-pool.ts";

/** Scans the blob at a place that can be read again. Rejects as the pool does; InputError `missing-blob` if it is nowhere. */
export async function scanPlace(pool: LayerPool, place: BlobPlace): Promise<LayerScan> {
  if (place.kind === "range") return pool.scan(place);
  if (place.kind === "remote") return pool.scan(place.open());
  if (place.kind === "absent") throw new InputError("missing-blob", "", "the layer is not in the image");
  throw new TypeError("a store that can be read again keeps nothing of a stream");
}
