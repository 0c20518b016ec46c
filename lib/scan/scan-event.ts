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

/** How far a scan is. Whoever listens decides what to show; a scan knows no terminal. Sizes are bytes. */
export type ScanProgressEvent =
  /** Image `index` (from 0) of the source's `count`. */
  | { readonly type: "image"; readonly name: string; readonly index: number; readonly count: number }
  /** Layers and stored bytes read so far; `layerCount` and `totalBytes` are 0 while they are not known. */
  | {
      readonly type: "reading";
      readonly name: string;
      readonly layersRead: number;
      readonly layerCount: number;
      readonly readBytes: number;
      readonly totalBytes: number;
    }
  | { readonly type: "database"; readonly source: string }
  | {
      readonly type: "hashing";
      readonly source: string;
      readonly itemCount: number;
      readonly readBytes: number;
      readonly totalBytes: number;
    }
  | { readonly type: "measuring"; readonly source: string; readonly nodeCount: number }
  /** Nothing is under way any more. */
  | { readonly type: "idle" };

export type ScanEvent =
  | ScanProgressEvent
  | { readonly type: "notice"; readonly message: string }
  | { readonly type: "outcome"; readonly outcome: ToldOutcome };

export type TellScan = (event: ScanEvent) => void;
