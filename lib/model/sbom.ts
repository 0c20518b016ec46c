import type { Fault } from "./fault.ts";

export type SbomFormat = "cyclonedx" | "spdx";

/** A component as a document states it; "" for what it leaves out, except the name. */
export interface SbomComponent {
  /** Its reference inside the document. */
  readonly ref: string;
  readonly purl: string;
  readonly name: string;
  readonly version: string;
  /** The id that its node had when this product exported the document, where the purl does not give it. */
  readonly id: string;
}

/** Relations in parallel columns: component `from[i]` needs or contains component `to[i]`. */
export interface SbomEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Row in `relations`: the document's own word. */
  readonly relation: Int32Array;
  readonly relations: readonly string[];
}

/** A software bill of materials, whatever its format. */
export interface SbomDocument {
  readonly format: SbomFormat;
  /** `1.6`, `2.3`, `3.0.1`. */
  readonly specVersion: string;
  /** The document's name, or that of its subject; "" if it has none. */
  readonly name: string;
  readonly components: readonly SbomComponent[];
  readonly edges: SbomEdges;
  /** Positions of the components that the document describes, ascending. */
  readonly roots: Int32Array;
  /** Files that the document lists: they are no components. */
  readonly fileCount: number;
  readonly faults: readonly Fault[];
}
