import type { NamedId } from "./suspect.ts";

/** Nodes that the same roots reach: they stay as long as one of these roots does. */
export interface RootClass {
  /** Names it in addresses: the first of its nodes. */
  readonly key: number;
  /** The first ones; [] for nodes that no root reaches. */
  readonly roots: readonly NamedId[];
  readonly rootCount: number;
  /** Of nodes that no root reaches: whether the garbage collector keeps them all the same, as derivers of live paths. */
  readonly live: boolean;
  readonly nodes: number;
  /** Bytes, or the components of an SBOM. */
  readonly size: number;
  /** Part of everything in the artifact, 0 to 1. */
  readonly share: number;
}
