import { parseSource, type SourceSpec, type StoreSpec } from "#lib/sources/source-spec.ts";
import { fromUser } from "../workbench.ts";
import { attempt, type ScanContext, type ScanOutcome } from "./scan-context.ts";

/**
 * Scans all artifacts of one source. Bad input ends up in the outcomes; UsageError and UnreachableError are thrown.
 */
export async function scanSource(context: ScanContext): Promise<ScanOutcome[]> {
  const spec = parseSource(context.source, fromUser);
  const outcomes: ScanOutcome[] = [];
  const failed = await attempt(context, async () => {
    outcomes.push(...(await scanSpec(context, spec)));
    return NOTHING;
  });
  return failed === NOTHING ? outcomes : [...outcomes, failed];
}

/** Only what reads this kind of source is loaded: the other would be a third of a scan's start. */
async function scanSpec(context: ScanContext, spec: SourceSpec): Promise<ScanOutcome[]> {
  if (isStore(spec)) return [await (await import("./scan-store.ts")).scanStore(context, spec)];
  return (await import("./scan-images.ts")).scanImages(context, spec);
}

const NOTHING: ScanOutcome = { artifactId: undefined, problems: [] };

export function isStore(spec: SourceSpec): spec is StoreSpec {
  return spec.transport === "nix-store" || spec.transport === "guix-store";
}
