import type { Naming } from "#lib/model/naming.ts";
import type { Problem } from "#lib/model/problem.ts";

/** The result for one artifact: stored, known, or neither, because of the listed problems. */
export type ScanOutcome =
  | {
      readonly artifactId: number;
      readonly name: string;
      readonly known: boolean;
      readonly naming: Naming;
      readonly problems: readonly Problem[];
    }
  | { readonly artifactId: undefined; readonly problems: readonly Problem[] };

/** An outcome as the scan emits it. A source of 20,000 images has more problems than fit in memory. */
export type ListedOutcome = ScanOutcome & {
  /** Number of problems not listed here, although they are stored. */
  readonly moreProblems: number;
};

/** The phases of a scan: it opens its source, then reads, measures and writes each image, or the store. */
export type ScanPhase = "opening" | "reading" | "measuring" | "writing";

/** The image being scanned: `index` from 0, `count` images in the source as far as known. */
export interface ImagePosition {
  readonly name: string;
  readonly index: number;
  readonly count: number;
}

/** The unit of a phase's counts. Bytes are those of layers as stored, or of NARs. */
export interface ScanCounts {
  readonly layersRead?: number;
  /** Layers to read, without those in the database. */
  readonly layerCount?: number;
  /** Store items whose files are read. */
  readonly itemCount?: number;
  /** Nodes of the graph that is measured. */
  readonly nodeCount?: number;
  readonly bytesRead?: number;
  /** 0 for a stream. */
  readonly totalBytes?: number;
}

/** Progress of the scan of one source. */
export interface ScanProgress extends ScanCounts {
  readonly type: "progress";
  readonly phase: ScanPhase;
  /** The source with its transport. */
  readonly source: string;
  /** For an image source, once it is open. */
  readonly image?: ImagePosition;
}

/** Plain data, sent from process to process. A listener decides what to show. */
export type ScanEvent =
  | ScanProgress
  | { readonly type: "notice"; readonly source: string; readonly message: string }
  | { readonly type: "outcome"; readonly outcome: ListedOutcome };

export type EmitScanEvent = (event: ScanEvent) => void;
