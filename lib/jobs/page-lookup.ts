import type { Pool } from "pg";
import { UsageError } from "#lib/model/problem.ts";
import { type ImageWeight, MAX_WEIGHED, NOTHING_OFFERED, type RegistryOffer } from "#lib/model/registry-offer.ts";
import { offerImages } from "#lib/scan/offer-images.ts";
import { weighImage } from "#lib/scan/weigh-image.ts";
import { parsePageRequest, parsePageText } from "./page-request.ts";

/** Completes what a person types, within what pages may ask for. */
export async function completeReference(text: string, signal: AbortSignal): Promise<RegistryOffer> {
  try {
    const { source, access } = parsePageText(text);
    if (!source.startsWith("docker://")) return NOTHING_OFFERED;
    return await offerImages(source.slice("docker://".length), access, signal);
  } catch (error) {
    if (error instanceof UsageError) return { ...NOTHING_OFFERED, line: error.message };
    throw error;
  }
}

/** What scans of these images would download. */
export function weighImages(
  pool: Pool,
  texts: readonly string[],
  platform: string | undefined,
  signal: AbortSignal,
): Promise<ImageWeight[]> {
  const requests = texts.slice(0, MAX_WEIGHED).map((text) => parsePageRequest(text, process.env, platform));
  const images = requests.filter(({ source }) => source.startsWith("docker://"));
  return Promise.all(images.map((request) => weighImage(pool, request, signal)));
}
