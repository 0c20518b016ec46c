import type { Digest } from "#lib/model/digest.ts";

/** A tag of what refers to an image: the list itself (distribution-spec, "Referrers Tag Schema"), or what cosign attached. */
const REFERRERS_TAG = /^sha256-[0-9a-f]{64}(\.(sig|att|sbom))?$/;

/** Whether a tag names no image, but something about one. */
export function isReferrersTag(tag: string): boolean {
  return REFERRERS_TAG.test(tag);
}

/** The tag under which cosign keeps the signatures of an image. */
export function signatureTag(image: Digest): string {
  return `${referrersTag(image)}.sig`;
}

/** The tag under which a registry without the list of referrers has it. */
export function referrersTag(image: Digest): string {
  return image.replace(":", "-");
}
