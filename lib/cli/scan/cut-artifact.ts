import { findUncutLayers } from "#lib/db/layers/uncut-layers.ts";
import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { listSources } from "#lib/db/queries/list-sources.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { parseSource } from "#lib/sources/source-spec.ts";
import { fromUser } from "../workbench.ts";
import { cutImage } from "./cut-image.ts";
import type { ScanContext, ScanOutcome } from "./scan-context.ts";
import { scanImages } from "./scan-images.ts";
import { isStore } from "./scan-source.ts";

const NOT_THIS_ONE: ScanOutcome = { artifactId: undefined, problems: [] };

/**
 * Cuts what is already scanned: reads the layers that need it from the first recorded source that still holds the image.
 * Nothing is read where all is cut. Throws UnreachableError where no source holds it any more, InputError where one is
 * damaged, with the reason the last of them gave.
 */
export async function cutArtifact(
  context: Omit<ScanContext, "source">,
  { id, name, digest }: FoundArtifact,
  sizes: ChunkSizes,
): Promise<void> {
  if ((await findUncutLayers(context.pool, id, sizes)).size === 0) return;
  const sources = await listSources(context.pool, id);
  let failure: Error | undefined;
  for (const source of sources) {
    try {
      if (await cutFrom({ ...context, source, chunks: sizes }, { id, digest, sizes })) return;
    } catch (error) {
      if (!(error instanceof InputError || error instanceof UnreachableError)) throw error;
      failure = error;
    }
  }
  const where = sources.length === 0 ? "no source is recorded" : `not to be had from ${sources.join(", ")} any more`;
  const advice = "scan it with --chunks from where it is now";
  const reason = failure === undefined ? "" : ` (${failure.message})`;
  const message = `${name}: its layers must be read again, and are ${where}${reason}; ${advice}`;
  throw failure instanceof InputError
    ? new InputError(failure.code, "", message, { cause: failure })
    : new UnreachableError(message, { cause: failure });
}

/** True when this source holds the image, and it is cut now. */
async function cutFrom(
  context: ScanContext,
  wanted: { id: number; digest: string; sizes: ChunkSizes },
): Promise<boolean> {
  const spec = parseSource(context.source, fromUser);
  // What came through standard input is gone.
  if (isStore(spec) || spec.transport === "docker-archive-stdin") return false;
  const outcomes = await scanImages(context, spec, async (_, image, readBlob) => {
    if (image.digest !== wanted.digest) return NOT_THIS_ONE;
    await cutImage(context, { artifactId: wanted.id, image, sizes: wanted.sizes, readBlob });
    return { artifactId: wanted.id, name: image.name, known: true, problems: [] };
  });
  if (outcomes.some((outcome) => outcome.artifactId === wanted.id)) return true;
  const fault = outcomes.flatMap((outcome) => outcome.problems)[0];
  if (fault !== undefined)
    throw new InputError(fault.code, fault.path, [fault.path, fault.message].filter(Boolean).join(": "));
  return false;
}
