import type { ArtifactLabel } from "./artifact-label.ts";
import type { ComponentKind } from "./component.ts";
import type { RootReasonName } from "./root-reason.ts";

/** A file body that an image ships and no container sees; layers by position. */
export interface WastedFile {
  readonly path: string;
  readonly bytes: number;
  readonly layer: number;
  readonly hiddenBy: number;
}

/** What is told of one image besides its layers' label. */
export interface ImageFigures {
  readonly sizes: {
    readonly rootfsSize: number;
    readonly layersContentSize: number;
    readonly wastedSize: number;
    /** Left out where it is not known. */
    readonly downloadSize?: number;
  };
  /** Lowest first, as in the artifact's label. `imageCount`: images here that had the layer, this one included. */
  readonly layers: readonly {
    readonly downloadSize?: number;
    readonly entryCount: number;
    readonly imageCount: number;
  }[];
  /** All of it counted; the largest files, cut at a limit. */
  readonly waste: { readonly count: number; readonly bytes: number; readonly files: readonly WastedFile[] };
}

/** One node of one artifact's graph, measured. */
export interface MeasuredNode {
  /** Store path, purl (`#path` where an image has several instances), or `unowned:DIFFID`. */
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
  /** Why it is a root; left out where it is none, or nobody recorded why. */
  readonly rootReason?: RootReasonName;
}

export interface ClosureAnswer {
  readonly question: "closure";
  readonly artifacts: readonly [ArtifactLabel];
  readonly total: { readonly nodes: number; readonly edges: number; readonly bytes: number };
  /** The largest by retained size, cut at a limit. */
  readonly nodes: readonly (MeasuredNode & {
    /** Position in `nodes` of the immediate dominator; `null` under the virtual root, or under one that was cut. */
    readonly dominator: number | null;
  })[];
  /** Of an image. */
  readonly image?: ImageFigures;
  /** Of a closure: false where no root of the collector was known, and it is measured as a whole. */
  readonly rootsKnown?: boolean;
}
