/** What a store, a binary cache or `nix path-info` says of one store path. */
export interface PathInfo {
  readonly path: string;
  /** `ALGORITHM:` and base 16, as stores write it; "" if it is missing or not a hash. */
  readonly narHash: string;
  /** Bytes; `undefined` if not known. */
  readonly narSize: number | undefined;
  /** Whole store paths, itself included if it refers to itself. */
  readonly references: readonly string[];
  /** A whole store path; "" if not known. */
  readonly deriver: string;
}

/** One compressed NAR in a binary cache, as its narinfo describes it. */
export interface NarFile {
  /** Relative to the cache. */
  readonly url: string;
  /** `xz`, `zstd`, `gzip`, `bzip2`, `br`, `lzip`, `none`; a hostile cache may write anything. */
  readonly compression: string;
  /** Of the compressed bytes, as in `narHash`; "" if not given. */
  readonly fileHash: string;
  /** Compressed bytes; `undefined` if not given. */
  readonly fileSize: number | undefined;
}
