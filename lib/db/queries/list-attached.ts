import type { Attachment, StatedClaim } from "#lib/model/attached.ts";
import { digestOf } from "#lib/model/digest.ts";
import type { Queryable } from "./queryable.ts";

interface AttachmentRecord {
  readonly kind: string;
  readonly type: string;
  readonly digest: Buffer;
  readonly byteCount: number;
  readonly source: string;
}

interface ClaimRecord {
  readonly name: string;
  readonly digest: Buffer | null;
  readonly claimedBy: Buffer;
  readonly isOwn: boolean;
}

export interface Attached {
  readonly attachments: readonly Attachment[];
  readonly baseClaims: readonly StatedClaim[];
}

/** What comes with an image, in the order in which it was found. Nothing for other artifacts. */
export async function listAttached(db: Queryable, artifactId: number): Promise<Attached> {
  const [attachments, claims] = await Promise.all([
    db.query<AttachmentRecord>(
      `SELECT kind, type, digest, byte_count AS "byteCount", source FROM image_attachment WHERE artifact_id = $1 ORDER BY ordinal`,
      [artifactId],
    ),
    db.query<ClaimRecord>(
      `SELECT c.name, c.digest, c.claimed_by AS "claimedBy", c.claimed_by = a.digest AS "isOwn"
       FROM image_base_claim c JOIN artifact a ON a.id = c.artifact_id WHERE c.artifact_id = $1 ORDER BY c.ordinal`,
      [artifactId],
    ),
  ]);
  return { attachments: attachments.rows.map(toAttachment), baseClaims: claims.rows.map(toClaim) };
}

function toAttachment({ kind, digest, ...row }: AttachmentRecord): Attachment {
  return { ...row, kind: kind === "provenance" ? "provenance" : "sbom", digest: digestOf(digest) };
}

function toClaim({ name, digest, claimedBy, isOwn }: ClaimRecord): StatedClaim {
  const statedBy = isOwn ? "image" : "provenance";
  return { name, digest: digest === null ? null : digestOf(digest), claimedBy: digestOf(claimedBy), statedBy };
}
