/**
 * Content addresses, as image-spec `descriptor.md#digests` writes them. Only SHA-256 is registered and in real use; anything else
 * is refused by the parser, so that values of these types can always be compared and have 32 bytes.
 */

/** `sha256:` and 64 lower-case hex digits: the digest of bytes as stored. */
export type Digest = string & { readonly __brand: "Digest" };

/** The digest of a layer's uncompressed tar stream. Two encodings of one layer share it. */
export type DiffId = Digest & { readonly __diffId: true };

/** The identity of a layer together with everything under it (image-spec `config.md#layer-chainid`). */
export type ChainId = Digest & { readonly __chainId: true };

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The checked digest, or `undefined` if the text is not a SHA-256 digest in canonical form. */
export function parseDigest(text: string): Digest | undefined {
  return DIGEST.test(text) ? (text as Digest) : undefined;
}

/** The same check for a layer's uncompressed digest. */
export function parseDiffId(text: string): DiffId | undefined {
  return parseDigest(text) as DiffId | undefined;
}

/** The digest with these 32 bytes. Throws a RangeError for any other length, which is an internal error. */
export function digestOf(sha256: Uint8Array): Digest {
  if (sha256.length !== 32) throw new RangeError(`expected a SHA-256 digest of 32 bytes, got ${sha256.length}`);
  return `sha256:${Buffer.from(sha256.buffer, sha256.byteOffset, 32).toString("hex")}` as Digest;
}

/** The 32 bytes of a digest, as the database stores them. */
export function digestBytes(digest: Digest): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(digest.slice("sha256:".length), "hex"));
}
