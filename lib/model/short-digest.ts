const SHOWN = 12;

/** The first twelve hex digits of a digest, without the algorithm, for comparison by eye. */
export function shortDigest(digest: string): string {
  const colon = digest.indexOf(":");
  return digest.slice(colon + 1, colon + 1 + SHOWN);
}
