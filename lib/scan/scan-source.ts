import { parseSource, type SourceSpec, type StoreSpec } from "#lib/sources/source-spec.ts";
import { attempt, type ScanContext, toOwnPath } from "./scan-context.ts";
import type { ScanOutcome } from "./scan-event.ts";
import { ToldProblems } from "./told-problems.ts";

/** Scans all artifacts of one source and tells each outcome. Bad input is an outcome; UsageError and UnreachableError are thrown. */
export async function scanSource(context: ScanContext): Promise<void> {
  const spec = parseSource(context.source, toOwnPath(context));
  const told = new ToldProblems();
  const failed = await attempt(context, async () => {
    for await (const outcome of scanSpec(context, spec)) context.tell({ type: "outcome", outcome: told.cut(outcome) });
    return NOTHING;
  });
  context.tell({ type: "idle" });
  if (failed !== NOTHING) context.tell({ type: "outcome", outcome: told.cut(failed) });
}

/** Loads only what reads this kind of source: the other kind would be a third of a scan's start. */
async function* scanSpec(context: ScanContext, spec: SourceSpec): AsyncGenerator<ScanOutcome> {
  if (isStore(spec)) yield await (await import("./scan-store.ts")).scanStore(context, spec);
  else yield* (await import("./scan-images.ts")).scanImages(context, spec);
}

const NOTHING: ScanOutcome = { artifactId: undefined, problems: [] };

export function isStore(spec: SourceSpec): spec is StoreSpec {
  return spec.transport === "nix-store" || spec.transport === "guix-store";
}
