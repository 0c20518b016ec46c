import type { ArtifactLabel } from "./artifact-label.ts";
import type { ComponentKind } from "./component.ts";
import type { LayerLikeness } from "./diff-answer.ts";
import type { RungName } from "./rung.ts";

export interface OverlapCell {
  /** Positions of the artifacts that have it, ascending. */
  readonly in: readonly number[];
  readonly bytes: number;
  readonly units: number;
}

/** A component (or a layer, if layers are the units) with its part of a cell. */
export interface CellPart {
  /** Node id, or the layer's DiffID. */
  readonly id: string;
  readonly kind: ComponentKind | "layer";
  readonly name: string;
  readonly version: string;
  readonly bytes: number;
  readonly units: number;
  /** Position of an artifact of the cell that has it. */
  readonly artifact: number;
}

export interface CellFile {
  readonly path: string;
  readonly bytes: number;
}

/** The contents of one cell of an overlap. */
export interface CellContents {
  /** Positions of exactly the artifacts that have it. */
  readonly in: readonly number[];
  readonly bytes: number;
  readonly units: number;
  /** The largest first, cut at the limit. */
  readonly parts: readonly CellPart[];
  readonly partCount: number;
  /** [] if units are not files. */
  readonly files: readonly CellFile[];
  readonly fileCount: number;
}

/** One version (or hash) of a name with several in the set. */
export interface NameVariant {
  readonly version: string;
  /** Node id in the first artifact that has it. */
  readonly id: string;
  /** Positions of the artifacts that have it, ascending. */
  readonly in: readonly number[];
  /** Bytes of its units, without those that another name has as well. */
  readonly bytes: number;
}

/** A name with several versions or hashes in the set, and the bytes that aligning them to one would save. */
export interface AlignableName {
  readonly kind: ComponentKind;
  readonly name: string;
  /** The largest first. */
  readonly variants: readonly NameVariant[];
  readonly savedBytes: number;
}

export interface OverlapAnswer {
  readonly question: "overlap";
  readonly rung: RungName;
  /** The bytes are an estimate for at least one artifact. */
  readonly estimated: boolean;
  readonly artifacts: readonly ArtifactLabel[];
  /** Exclusive intersections, the largest first; they sum to the union. */
  readonly cells: readonly OverlapCell[];
  readonly matrix: readonly (readonly { readonly bytes: number; readonly jaccard: number }[])[];
  readonly union: { readonly bytes: number; readonly units: number };
  /** Those whose alignment saves most, cut at a limit. */
  readonly alignable: readonly AlignableName[];
  /** All of them, listed or not. */
  readonly alignableTotal: { readonly names: number; readonly savedBytes: number };
  /** The similarity of adjacent artifacts in `artifacts`. */
  readonly likeness: readonly LayerLikeness[];
  /** Only in reports: the contents of the cells that readers open first. */
  readonly contents?: readonly CellContents[];
}
