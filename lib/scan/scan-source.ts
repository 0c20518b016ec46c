import { UsageError } from "#lib/model/problem.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import type { Source } from "#lib/sources/transport.ts";
import { attempt, emitProgress, type ScanContext } from "./scan-context.ts";
import type { ListedOutcome, ScanOutcome } from "./scan-event.ts";

/** Problems listed for all artifacts of one source: one artifact alone may have as many. */
const MAX_LISTED_PROBLEMS = 10_000;

/** Scans all artifacts of one source and emits each outcome. Bad input is an outcome; UsageError and UnreachableError are thrown. */
export async function scanSource(context: ScanContext): Promise<void> {
  const source = parseSource(context.source, context.environment, context.transports);
  let left = MAX_LISTED_PROBLEMS;
  const emit = (scanned: ScanOutcome) => {
    const outcome = cutProblems(scanned, left);
    if (outcome.artifactId !== undefined) left -= outcome.problems.length;
    context.emit({ type: "outcome", outcome });
  };
  emitProgress(context, "opening");
  const failed = await attempt(context, async () => {
    for await (const outcome of scanOpened(context, source)) emit(outcome);
    return NOTHING;
  });
  if (failed !== NOTHING) emit(failed);
}

/** Loads only the code for this kind of source: the other kind would take a third of a scan's start-up time. */
async function* scanOpened(context: ScanContext, source: Source): AsyncGenerator<ScanOutcome> {
  if (context.manifestsOnly) checkManifestsOnly(context, source);
  if (source.kind === "sbom") yield await (await import("./scan-sbom.ts")).scanSbom(context, source);
  else if (source.kind === "store") yield await (await import("./scan-store.ts")).scanStore(context, source);
  else yield* (await import("./scan-images.ts")).scanImages(context, source);
}

/** Throws a UsageError for what needs layers. */
function checkManifestsOnly({ source: text, chunks, files }: ScanContext, { kind }: Source): void {
  if (kind !== "images") {
    const what = kind === "store" ? "a store" : "an SBOM";
    throw new UsageError(`${text} is ${what}, and --manifests-only is for images`);
  }
  if (chunks !== undefined || files)
    throw new UsageError("--manifests-only reads no files: leave out --chunks and --files");
}

const NOTHING: ScanOutcome = { artifactId: undefined, problems: [] };

/** The outcome with at most so many of its problems. The one problem that makes an input bad is always listed. */
function cutProblems(outcome: ScanOutcome, limit: number): ListedOutcome {
  if (outcome.artifactId === undefined) return { ...outcome, moreProblems: 0 };
  const problems = outcome.problems.slice(0, limit);
  return { ...outcome, problems, moreProblems: outcome.problems.length - problems.length };
}
