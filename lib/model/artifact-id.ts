/** Hex digits of the digest used as an artifact's id: enough to be unique, short enough to type. */
export const ID_DIGITS = 16;

/** The short id of an artifact: the beginning of its digest. */
export function toArtifactId(digest: string): string {
  return digest.slice("sha256:".length, "sha256:".length + ID_DIGITS);
}
