import type { MeasuredLabel } from "./artifact-label.ts";
import type { ComponentKind } from "./component.ts";
import type { RootReasonName } from "./root-reason.ts";
import type { SignatureCheck } from "./signature.ts";
import type { KeptSuspect } from "./suspect.ts";

/** A file body that an image ships but containers do not see; layers by position. */
export interface WastedFile {
  readonly path: string;
  readonly bytes: number;
  readonly layer: number;
  readonly hiddenBy: number;
}

/** The details of one image, besides its layers' labels. */
export interface ImageFigures {
  readonly sizes: {
    readonly rootfsSize: number;
    readonly layersContentSize: number;
    readonly wastedSize: number;
    /** Left out if it is not known. */
    readonly downloadSize?: number;
  };
  /** Lowest first, as in the artifact's label. `imageCount`: stored images with the layer, this one included. */
  readonly layers: readonly {
    readonly downloadSize?: number;
    readonly entryCount: number;
    readonly imageCount: number;
  }[];
  /** The count of all; the largest files, cut at a limit. */
  readonly waste: { readonly count: number; readonly bytes: number; readonly files: readonly WastedFile[] };
}

/** One node of one artifact's graph, measured. */
export interface MeasuredNode {
  /** Store path, purl (`#path` if an image has several instances), or `unowned:DIFFID`. */
  readonly id: string;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
  readonly selfSize: number;
  readonly closureSize: number;
  readonly retainedSize: number;
  readonly referenceCount: number;
  readonly referrerCount: number;
  readonly live: boolean;
  readonly root: boolean;
  /** Why it is a root; left out if it is none, or if no reason is recorded. */
  readonly rootReason?: RootReasonName;
  /** An item of a closure that was scanned from a binary cache: its compressed bytes if they are known, and its signatures. */
  readonly downloadSize?: number;
  readonly signature?: SignatureCheck;
}

export interface ClosureAnswer {
  readonly question: "closure";
  readonly artifacts: readonly [MeasuredLabel];
  readonly total: { readonly nodes: number; readonly edges: number; readonly bytes: number };
  /** The largest by retained size, cut at a limit. */
  readonly nodes: readonly (MeasuredNode & {
    /** Position in `nodes` of the immediate dominator; `null` under the virtual root, or under a node beyond the limit. */
    readonly dominator: number | null;
  })[];
  /** What keeps a tenth or more; left out by earlier versions. */
  readonly suspects?: readonly KeptSuspect[];
  /** Images only. */
  readonly image?: ImageFigures;
  /** Closures only: false if no GC root was known, so that the whole store is measured. */
  readonly rootsKnown?: boolean;
}
