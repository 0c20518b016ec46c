import { listOwnClaims } from "#lib/ingest/image/own-claims.ts";
import type { AttachedMaterial } from "#lib/model/attached.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";

interface ReadMaterial {
  readonly attached: AttachedMaterial | undefined;
  readonly problems: readonly Problem[];
}

/** What comes with an image, and what of it could not be read: warnings, because the image itself is read all the same. */
export function readAttached(image: SourceImage, source: string): Promise<ReadMaterial> {
  const reading = read(image, source);
  // Reported where it is awaited, if it ever is: the scan may fail before.
  reading.catch(() => undefined);
  return reading;
}

async function read(image: SourceImage, source: string): Promise<ReadMaterial> {
  const attached = await image.readAttached?.();
  const problems = (attached?.faults ?? []).map((fault) => ({ ...fault, severity: "warning" as const, source }));
  const own = listOwnClaims(image);
  if (own.length === 0) return { attached, problems };
  const { attachments = [], baseClaims = [], faults = [] } = attached ?? {};
  return { attached: { attachments, baseClaims: [...baseClaims, ...own], faults }, problems };
}
