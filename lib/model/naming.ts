import type { Digest } from "./digest.ts";

/** The effect of the name that a scan gave an artifact. */
export interface Naming {
  /** The artifact did not have the name before. */
  readonly added: boolean;
  /** The artifact that the name meant before, if another. */
  readonly movedFrom: Digest | undefined;
}
