import { parseSource } from "#lib/sources/parse-source.ts";
import type { Source } from "#lib/sources/transport.ts";
import { attempt, emitProgress, type ScanContext } from "./scan-context.ts";
import type { ScanOutcome } from "./scan-event.ts";
import { ToldProblems } from "./told-problems.ts";

/** Scans all artifacts of one source and emits each outcome. Bad input is an outcome; UsageError and UnreachableError are thrown. */
export async function scanSource(context: ScanContext): Promise<void> {
  const source = parseSource(context.source, context.environment, context.transports);
  const told = new ToldProblems();
  const emit = (outcome: ScanOutcome) => context.emit({ type: "outcome", outcome: told.cut(outcome) });
  emitProgress(context, "opening");
  const failed = await attempt(context, async () => {
    for await (const outcome of scanOpened(context, source)) emit(outcome);
    return NOTHING;
  });
  if (failed !== NOTHING) emit(failed);
}

/** Loads only the code for this kind of source: the other kind would take a third of a scan's start-up time. */
async function* scanOpened(context: ScanContext, source: Source): AsyncGenerator<ScanOutcome> {
  if (source.kind === "store") yield await (await import("./scan-store.ts")).scanStore(context, source);
  else yield* (await import("./scan-images.ts")).scanImages(context, source);
}

const NOTHING: ScanOutcome = { artifactId: undefined, problems: [] };
