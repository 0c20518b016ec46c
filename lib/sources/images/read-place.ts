import { InputError } from "#lib/model/problem.ts";
import { readRange } from "../file-range.ts";
import type { BlobPlace } from "./source-image.ts";

/** The bytes of a blob that can be read again. Throws InputError if it is not there, or was in a stream. */
export function readPlace(place: BlobPlace): AsyncIterable<Uint8Array> {
  if (place.kind === "range") return readRange(place);
  if (place.kind === "remote") return place.open();
  throw new InputError("missing-blob", "", "the layer is not in the image");
}
