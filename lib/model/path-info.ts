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
