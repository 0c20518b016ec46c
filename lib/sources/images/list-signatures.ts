import type { AttachedSignature } from "#lib/model/attached.ts";
import type { Digest } from "#lib/model/digest.ts";
import { signatureTag } from "./referrers-tag.ts";
import type { BlobStore } from "./source-image.ts";

/** What cosign and notation call a signature. */
const SIGNATURE = /(?:cosign\.artifact\.sig|cosign\.simplesigning|notary\.signature|sigstore\.bundle)\b/;
const TAGGED = "application/vnd.dev.cosign.simplesigning.v1+json";

/** The signatures of an image: those that refer to its digest, and the tag that cosign gives them. */
export async function listSignatures(store: BlobStore, image: Digest): Promise<readonly AttachedSignature[]> {
  const referrers = (await store.listReferrers?.(image)) ?? [];
  const found = referrers.flatMap(({ digest, artifactType = "" }) =>
    SIGNATURE.test(artifactType) ? [{ type: artifactType, digest }] : [],
  );
  const tagged = await store.findTagged?.(signatureTag(image));
  return tagged === undefined ? found : [...found, { type: TAGGED, digest: tagged }];
}
