import { InputError } from "#lib/model/problem.ts";
import { MetadataSpentError } from "./metered-store.ts";
import type { FoundImage, SourceImage } from "./source-image.ts";

/** The result of `open`, or its fault: one bad image does not lose the others. Throws MetadataSpentError. */
export async function* withFault(name: string, open: () => AsyncIterable<SourceImage>): AsyncGenerator<FoundImage> {
  try {
    yield* open();
  } catch (fault) {
    if (!concernsOneImage(fault)) throw fault;
    yield { name, fault };
  }
}

/** Whether a fault concerns one image only; a spent limit concerns all. */
export function concernsOneImage(fault: unknown): fault is InputError {
  return fault instanceof InputError && !(fault instanceof MetadataSpentError);
}
