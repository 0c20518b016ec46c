import { listUncutLayers } from "#lib/db/layers/uncut-layers.ts";
import { listSources } from "#lib/db/queries/list-sources.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { cutImage } from "./cut-image.ts";
import type { ScanContext, ScanTools } from "./scan-context.ts";
import type { ScanOutcome } from "./scan-event.ts";
import { scanImages } from "./scan-images.ts";
import type { CutRequest } from "./scan-request.ts";

const NOT_THIS_ONE: ScanOutcome = { artifactId: undefined, problems: [] };

interface CutContext extends CutRequest, ScanTools {}

/**
 * Chunks a scanned image: reads the layers that need it from the first recorded source that still has the image. Reads nothing if
 * all is chunked. Throws UnreachableError if no source has it any more, InputError if one is damaged, with the reason of the last
 * source tried.
 */
export async function cutArtifact(context: CutContext): Promise<void> {
  const { artifact, pool, sizes } = context;
  if ((await listUncutLayers(pool, artifact.id, sizes)).size === 0) return;
  const sources = await listSources(pool, artifact.id);
  let failure: Error | undefined;
  for (const source of sources) {
    try {
      if (await cutFrom(context, source)) return;
    } catch (error) {
      if (!(error instanceof InputError || error instanceof UnreachableError)) throw error;
      failure = error;
    }
  }
  const where = sources.length === 0 ? "no source is recorded" : `not found in ${sources.join(", ")} any more`;
  const reason = failure === undefined ? "" : ` (${failure.message})`;
  const message = `${artifact.name}: its layers must be read again, but ${where}${reason}; scan it with --chunks from its current location`;
  throw failure instanceof InputError
    ? new InputError(failure.code, "", message, { cause: failure })
    : new UnreachableError(message, { cause: failure });
}

/** True if this source has the image; it is then chunked. */
async function cutFrom({ artifact, sizes, ...rest }: CutContext, text: string): Promise<boolean> {
  const context: ScanContext = { ...rest, source: text, ...NO_CHOICE, chunks: sizes };
  const source = parseSource(text, context.environment);
  if (source.kind !== "images") return false;
  const faults = [];
  for await (const outcome of scanImages(context, source, async (_, image, { readBlob }) => {
    if (image.digest !== artifact.digest) return NOT_THIS_ONE;
    await cutImage(context, { artifactId: artifact.id, image, sizes, readBlob });
    return { artifactId: artifact.id, name: image.name, known: true, naming: UNNAMED, problems: [] };
  })) {
    if (outcome.artifactId === artifact.id) return true;
    faults.push(...outcome.problems.slice(0, 1));
  }
  const [fault] = faults;
  if (fault !== undefined)
    throw new InputError(fault.code, fault.path, [fault.path, fault.message].filter(Boolean).join(": "));
  return false;
}

/** Chunking adds no name. */
const UNNAMED = { added: false, movedFrom: undefined } as const;
const NO_CHOICE = { name: undefined, platform: "all", roots: [], files: false, manifestsOnly: false } as const;
