/** Hex digits of the digest that stand for an artifact: enough for every artifact there is, short enough to type. */
export const ID_DIGITS = 16;

/** The short id of an artifact: the beginning of its digest. */
export function toArtifactId(digest: string): string {
  return digest.slice("sha256:".length, "sha256:".length + ID_DIGITS);
}
