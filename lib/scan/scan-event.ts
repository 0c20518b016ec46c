import type { Naming } from "#lib/model/naming.ts";
import type { FileReading } from "#lib/model/opened-file.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { ScanProgress } from "#lib/model/scan-progress.ts";

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

/** Plain data, sent from process to process. A listener decides what to show. */
export type ScanEvent =
  | ({ readonly type: "progress" } & ScanProgress)
  | { readonly type: "notice"; readonly source: string; readonly message: string }
  | { readonly type: "outcome"; readonly outcome: ListedOutcome }
  | { readonly type: "file"; readonly reading: FileReading };

export type EmitScanEvent = (event: ScanEvent) => void;
