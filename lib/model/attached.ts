import type { Digest } from "./digest.ts";
import type { Fault } from "./fault.ts";

/** An SBOM: components. Provenance: how, and from what, the image was built. */
export type AttachmentKind = "sbom" | "provenance";

/** A document that comes with an image: an attestation in its index, or a referrer in its registry. */
export interface Attachment {
  readonly kind: AttachmentKind;
  /** The in-toto predicate type, else the media type. */
  readonly type: string;
  /** The blob with the document. */
  readonly digest: Digest;
  readonly byteCount: number;
  /** The source that reads it as an SBOM; "" if it is none, or if it is in an archive. */
  readonly source: string;
}

/** A signature of an image's digest, listed and not verified. */
export interface AttachedSignature {
  /** Of the artifact that has it. */
  readonly type: string;
  readonly digest: Digest;
}

/** Annotations and labels with an image's base (image-spec `annotations.md`). */
export const BASE_NAME = "org.opencontainers.image.base.name";
export const BASE_DIGEST = "org.opencontainers.image.base.digest";

/** An image that provenance names among the materials of a build, or the base that an image itself names. */
export interface BaseClaim {
  /** `alpine:3.20`, as far as it is named. */
  readonly name: string;
  /** `null` if only its name is given. */
  readonly digest: Digest | null;
  /** The blob that says so; for an image itself its own digest. */
  readonly claimedBy: Digest;
}

/** A stored claim. */
export interface StatedClaim extends BaseClaim {
  readonly statedBy: "provenance" | "image";
}

/** What comes with an image. Faults concern only that: the image itself is scanned all the same. */
export interface AttachedMaterial {
  readonly attachments: readonly Attachment[];
  readonly baseClaims: readonly BaseClaim[];
  readonly faults: readonly (Fault & { readonly path: string })[];
}
