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

/** An image that provenance names among the materials of a build. */
export interface BaseClaim {
  /** `alpine:3.20`, as far as it is named. */
  readonly name: string;
  readonly digest: Digest;
  /** The blob that says so. */
  readonly claimedBy: Digest;
}

/** What comes with an image. Faults concern only that: the image itself is scanned all the same. */
export interface AttachedMaterial {
  readonly attachments: readonly Attachment[];
  readonly baseClaims: readonly BaseClaim[];
  readonly faults: readonly (Fault & { readonly path: string })[];
}
