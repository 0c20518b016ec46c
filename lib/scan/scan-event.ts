import type { Naming } from "#lib/model/naming.ts";
import type { Problem } from "#lib/model/problem.ts";

/** What became of one artifact: stored or known, or nothing, for the problems listed. */
export type ScanOutcome =
  | {
      readonly artifactId: number;
      readonly name: string;
      readonly known: boolean;
      readonly naming: Naming;
      readonly problems: readonly Problem[];
    }
  | { readonly artifactId: undefined; readonly problems: readonly Problem[] };

/** An outcome as the scan tells it. A source of 20,000 images has more problems than one can hold. */
export type ToldOutcome = ScanOutcome & {
  /** Problems that are not listed here, though they are kept with what is stored. */
  readonly moreProblems: number;
};

/** What a scan does, in this order: one source is opened, then each of its images is read, measured and written. */
export type ScanPhase = "opening" | "reading" | "measuring" | "writing";

/** The image under way: number `index` (from 0) of the `count` that its source has, as far as is known. */
export interface ImagePosition {
  readonly name: string;
  readonly index: number;
  readonly count: number;
}

/** What a phase has counted, as far as it counts. Sizes are bytes, of layers as they are stored or of NARs. */
export interface ScanCounts {
  readonly layersRead?: number;
  /** Layers to read: not those that the database knows. */
  readonly layerCount?: number;
  /** Store items whose files are read. */
  readonly itemCount?: number;
  /** Nodes of the graph that is measured. */
  readonly nodeCount?: number;
  readonly bytesRead?: number;
  /** 0 for what comes through a pipe. */
  readonly totalBytes?: number;
}

/** How far the scan of a source is. */
export interface ScanProgress extends ScanCounts {
  readonly type: "progress";
  readonly phase: ScanPhase;
  /** As it is spelled. */
  readonly source: string;
  /** Of an image source, once it is open. */
  readonly image?: ImagePosition;
}

/** Plain data: events cross processes. Whoever listens decides what to show; a scan knows no terminal. */
export type ScanEvent =
  | ScanProgress
  | { readonly type: "notice"; readonly source: string; readonly message: string }
  | { readonly type: "outcome"; readonly outcome: ToldOutcome };

export type EmitScanEvent = (event: ScanEvent) => void;
