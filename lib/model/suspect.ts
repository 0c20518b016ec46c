import type { ComponentKind } from "./component.ts";
import type { MeasureUnit } from "./measure-unit.ts";

/** A node that keeps a tenth of an artifact or more, or several of one name or kind that do together. */
export interface Suspect {
  /** Names it in addresses: `12` for node 12, `name-12` or `kind-12` for a family by its first node. */
  readonly key: string;
  /** Ids: one node, or the members of a family, those that retain most first. */
  readonly nodes: readonly string[];
  /** The name of the node, or the common name of a family; the kind for a family of different names. */
  readonly name: string;
  /** "" for a family of several versions. */
  readonly version: string;
  /** What a family has in common; `undefined` for one node. */
  readonly family?: "name" | "kind" | undefined;
  readonly kind: ComponentKind;
  /** Bytes (or the components of an SBOM) freed if all of them were removed together. */
  readonly retainedSize: number;
  /** Part of everything in the artifact, 0 to 1. */
  readonly share: number;
  /** Where the bytes gather: from the node down to where no single dominated node has more than half. `null` for a family. */
  readonly accumulation: NamedId | null;
  /** A shortest path from a root to the node, or to the first of a family, both included. */
  readonly path: readonly NamedId[];
  /** The closest suspect above that retains this one too; `null` if there is none. */
  readonly within: string | null;
  /** The roots that reach it: all have to go before it does. The first ones, and their number. */
  readonly roots: readonly NamedId[];
  readonly rootCount: number;
  /** Bytes (or components) that selecting it adds to the selection; its own if nothing is selected. */
  readonly adds: number;
  /** Several roots, and more than half of all, need it, and it is none itself: a common base. */
  readonly base: boolean;
}

/** A suspect as a report keeps it, which has nothing to select. */
export type KeptSuspect = Omit<Suspect, "key" | "adds" | "roots" | "within" | "base">;

export interface NamedId {
  readonly id: string;
  readonly name: string;
  /** Its index in the artifact's graph. */
  readonly nodeIndex: number;
}

export interface SuspectsAnswer {
  readonly suspects: readonly Suspect[];
  /** Bytes, or the components of an SBOM, of everything that the roots reach; and the number of roots. */
  readonly total: number;
  readonly rootCount: number;
  /** Freed by removing all selected ones together. */
  readonly selected: number;
  readonly unit: MeasureUnit;
}
