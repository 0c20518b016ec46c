import { parseSource, type SourceSpec, type StoreSpec } from "#lib/sources/source-spec.ts";
import { fromUser } from "../workbench.ts";
import { attempt, type ScanContext, type ScanOutcome } from "./scan-context.ts";
import { scanImages } from "./scan-images.ts";
import { scanStore } from "./scan-store.ts";

/**
 * Scans all artifacts of one source. Bad input ends up in the outcomes; UsageError and UnreachableError are thrown.
 */
export async function scanSource(context: ScanContext): Promise<ScanOutcome[]> {
  const spec = parseSource(context.source, fromUser);
  const outcomes: ScanOutcome[] = [];
  const failed = await attempt(context, async () => {
    if (isStore(spec)) outcomes.push(await scanStore(context, spec));
    else outcomes.push(...(await scanImages(context, spec)));
    return NOTHING;
  });
  return failed === NOTHING ? outcomes : [...outcomes, failed];
}

const NOTHING: ScanOutcome = { artifactId: undefined, problems: [] };

export function isStore(spec: SourceSpec): spec is StoreSpec {
  return spec.transport === "nix-store" || spec.transport === "guix-store";
}
