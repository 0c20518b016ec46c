/**
 * What the signatures of a path in a binary cache are worth with the keys of one scan: one is right (`verified`), none is right and
 * one by a known key is wrong (`wrong`), all are by other keys (`no-key`), or there are none (`unsigned`).
 */
export const SIGNATURE_STATUSES = ["verified", "wrong", "no-key", "unsigned"] as const;
export type SignatureStatus = (typeof SIGNATURE_STATUSES)[number];

export interface SignatureCheck {
  readonly status: SignatureStatus;
  /** The key of the right signature (`verified`) or of the wrong one (`wrong`). */
  readonly keyName?: string;
}
