import { createHash } from "node:crypto";
import { InputError } from "#lib/model/problem.ts";
import type { Blob } from "./blob-target.ts";

/** The chunks of a blob. Throws InputError, naming `place`, at the end if they have another digest, or as soon as they are too many. */
export async function* checkChunks(
  chunks: AsyncIterable<Uint8Array>,
  { digest, size }: Blob,
  place: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let byteCount = 0;
  const refuse = () => new InputError("size-mismatch", place, `expected ${size} bytes, got ${byteCount}`);
  for await (const chunk of chunks) {
    hash.update(chunk);
    byteCount += chunk.length;
    if (byteCount > size) throw refuse();
    yield chunk;
  }
  if (byteCount < size) throw refuse();
  const found = `sha256:${hash.digest("hex")}`;
  if (found !== digest) throw new InputError("digest-mismatch", place, `expected digest ${digest}, got ${found}`);
}
