import type { SignatureCheck } from "./signature.ts";

/** What a binary cache says of the items of a closure, by node. */
export interface CacheFacts {
  /** Bytes of the compressed NAR that a client would fetch; -1 if they are not known. */
  readonly fileSizes: Float64Array;
  /** The names of the keys that the scan was given; empty if it was given none. */
  readonly keyNames: readonly string[];
  /** Row of `checks`. */
  readonly check: Int32Array;
  /** The distinct results of checking the items' signatures: few, because keys are few. */
  readonly checks: readonly SignatureCheck[];
}
