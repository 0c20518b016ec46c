/**
 * What the signatures of a path in a binary cache are worth with the keys of one scan: one is right (`verified`), none is right and
 * one by a known key is wrong (`wrong`), all are by other keys (`no-key`), or there are none (`unsigned`).
 */
export type SignatureStatus = "verified" | "wrong" | "no-key" | "unsigned";

export interface SignatureCheck {
  readonly status: SignatureStatus;
  /** The key of the right signature (`verified`) or of the wrong one (`wrong`). */
  readonly keyName?: string;
}

/** How many items of a closure are signed, by the result of checking them. */
export interface SignatureCounts {
  readonly items: number;
  /** By the name of each key of the scan, also if it has signed none. */
  readonly verified: Readonly<Record<string, number>>;
  readonly wrong: number;
  /** Signed, but by no key of the scan. */
  readonly noKey: number;
  readonly unsigned: number;
}
