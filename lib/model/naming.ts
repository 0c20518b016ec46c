import type { Digest } from "./digest.ts";

/** What the name that a scan gave an artifact did. */
export interface Naming {
  /** The artifact did not have the name before. */
  readonly added: boolean;
  /** The artifact that the name meant until now, where it meant another. */
  readonly movedFrom: Digest | undefined;
}
