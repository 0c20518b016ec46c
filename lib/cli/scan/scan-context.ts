import type { Pool } from "pg";
import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { InputError, type Problem } from "#lib/model/problem.ts";
import type { Terminal } from "../terminal.ts";

/** What the scan of one source needs. */
export interface ScanContext {
  readonly pool: Pool;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** The source as the user spelled it. */
  readonly source: string;
  readonly name: string | undefined;
  readonly platform: PlatformChoice;
  /** Store paths that `--root` names. */
  readonly roots: readonly string[];
  /** A store's files are hashed too. */
  readonly files: boolean;
  /** Files are also cut into chunks of these sizes. */
  readonly chunks: ChunkSizes | undefined;
}

/** What became of one artifact: stored or known, or nothing for the problems told. */
export type ScanOutcome =
  | {
      readonly artifactId: number;
      readonly name: string;
      readonly known: boolean;
      readonly problems: readonly Problem[];
    }
  | { readonly artifactId: undefined; readonly problems: readonly Problem[] };

/** Runs one scan; bad input becomes an outcome, so that the other artifacts of the command go on. */
export async function attempt(context: ScanContext, scan: () => Promise<ScanOutcome>): Promise<ScanOutcome> {
  try {
    return await scan();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { artifactId: undefined, problems: [toProblem(context.source, error)] };
  }
}

/** An error as the problem it is reported as. */
export function toProblem(source: string, { code, place, message }: InputError): Problem {
  return { code, severity: "error", source, path: place, message };
}
