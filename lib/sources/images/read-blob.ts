import { createHash } from "node:crypto";
import type { Descriptor } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { InputError } from "#lib/model/problem.ts";
import { toBlobPath } from "./blob-path.ts";
import type { BlobStore } from "./source-image.ts";

/** A metadata blob, with length and digest checked. */
export async function readBlob(
  store: BlobStore,
  { digest, size }: Pick<Descriptor, "digest" | "size">,
  what?: "manifest",
): Promise<Uint8Array> {
  const path = toBlobPath(digest);
  const bytes = await store.read(path, what);
  if (bytes === undefined) throw new InputError("missing-blob", path, "the blob is missing");
  if (bytes.length !== size)
    throw new InputError("size-mismatch", path, `expected ${size} bytes (descriptor), got ${bytes.length}`);
  checkDigest(bytes, digest, path);
  return bytes;
}

/** Throws InputError naming `place` if the bytes have another digest. */
export function checkDigest(bytes: Uint8Array, digest: Digest, place: string): void {
  const found = digestOfBytes(bytes);
  if (found !== digest) throw new InputError("digest-mismatch", place, `expected digest ${digest}, got ${found}`);
}

/** The digest of bytes in memory. */
export function digestOfBytes(bytes: Uint8Array): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}` as Digest;
}
