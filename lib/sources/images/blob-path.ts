import type { Digest } from "#lib/model/digest.ts";

/** The path of a blob in a layout. */
export function toBlobPath(digest: Digest): string {
  return `blobs/${digest.replace(":", "/")}`;
}
