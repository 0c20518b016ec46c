/**
 * Content addresses, as image-spec `descriptor.md#digests` writes them. Only SHA-256 is registered and in real use;
 * anything else is refused where it is parsed, so that a value of one of these types is always comparable and 32 bytes.
 */

/** `sha256:` and 64 lower-case hex digits: the address of bytes as they are stored. */
export type Digest = string & { readonly __brand: "Digest" };

/** The digest of a layer's uncompressed tar stream. Two encodings of one layer share it. */
export type DiffId = Digest & { readonly __diffId: true };

/** The identity of a layer together with everything under it (image-spec `config.md#layer-chainid`). */
export type ChainId = Digest & { readonly __chainId: true };

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The checked digest, or `undefined` when the text is not a SHA-256 digest in its canonical spelling. */
export function parseDigest(text: string): Digest | undefined {
  return DIGEST.test(text) ? (text as Digest) : undefined;
}

/** The same check for a layer's uncompressed digest. */
export function parseDiffId(text: string): DiffId | undefined {
  return parseDigest(text) as DiffId | undefined;
}

/** The digest whose 32 bytes these are. Throws a RangeError on any other length: that is a fault of ours. */
export function digestOf(sha256: Uint8Array): Digest {
  if (sha256.length !== 32) throw new RangeError(`a SHA-256 digest has 32 bytes, not ${sha256.length}`);
  return `sha256:${Buffer.from(sha256.buffer, sha256.byteOffset, 32).toString("hex")}` as Digest;
}

/** The 32 bytes of a digest, as the database stores them. */
export function digestBytes(digest: Digest): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(digest.slice("sha256:".length), "hex"));
}
