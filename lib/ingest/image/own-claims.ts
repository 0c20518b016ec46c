import { listBaseMentions } from "#lib/formats/oci/index.ts";
import type { BaseClaim } from "#lib/model/attached.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";

/** The bases that an image itself names, in annotations or labels. */
export function listOwnClaims({ baseMentions, config, digest: claimedBy }: SourceImage): BaseClaim[] {
  const mentions = baseMentions ?? listBaseMentions({}, config.settings.labels);
  return mentions.map((mention) => ({ ...mention, claimedBy }));
}
