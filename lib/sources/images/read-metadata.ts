import { open } from "node:fs/promises";
import { MAX_METADATA_BYTES } from "#lib/formats/oci/index.ts";
import { InputError } from "#lib/model/problem.ts";
import type { FileRange } from "../file-range.ts";

/** A manifest, an index or a config as a whole; `place` names it. Throws InputError. */
export async function readMetadata({ file, offset, length }: FileRange, place: string): Promise<Uint8Array> {
  if (length > MAX_METADATA_BYTES) {
    throw new InputError("limit-exceeded", place, `${length} bytes of metadata, more than ${MAX_METADATA_BYTES}`);
  }
  const handle = await open(file, "r");
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    if (bytesRead < length) throw new InputError("truncated", place, "the file ends inside this document");
    return bytes;
  } finally {
    await handle.close();
  }
}
