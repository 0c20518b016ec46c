import type { Pool, PoolClient } from "pg";
import type { AttachedMaterial, Attachment, BaseClaim } from "#lib/model/attached.ts";
import { digestBytes } from "#lib/model/digest.ts";
import { copyRows } from "./copy-rows.ts";
import { withWriter } from "./transaction.ts";

/** Replaces what comes with a stored image, if any of it was found: a registry may have more than at the last scan, or a layout less. */
export function rewriteAttached(pool: Pool, artifactId: number, attached: AttachedMaterial): Promise<void> {
  return withWriter(pool, async (client) => {
    const { rowCount } = await client.query("SELECT FROM artifact WHERE id = $1", [artifactId]);
    if (rowCount !== 0) await writeAttached(client, artifactId, attached);
  });
}

/** The same in a transaction. Documents that another source of the image had, and what they name, are kept if this one has none. */
export async function writeAttached(
  client: PoolClient,
  artifactId: number,
  { attachments, baseClaims }: AttachedMaterial,
): Promise<void> {
  if (attachments.length > 0) await writeAttachments(client, artifactId, attachments);
  if (attachments.length > 0 || baseClaims.length > 0) await writeBaseClaims(client, artifactId, baseClaims);
}

async function writeAttachments(
  client: PoolClient,
  artifactId: number,
  attachments: readonly Attachment[],
): Promise<void> {
  for (const table of ["image_attachment", "image_base_claim"])
    await client.query(`DELETE FROM ${table} WHERE artifact_id = $1`, [artifactId]);
  await copyRows(client, "image_attachment", attachments, {
    artifact_id: (field) => field.int4(artifactId),
    ordinal: (field, _, i) => field.int4(i),
    kind: (field, { kind }) => field.text(kind),
    type: (field, { type }) => field.text(type),
    digest: (field, { digest }) => field.bytes(digestBytes(digest)),
    byte_count: (field, { byteCount }) => field.int8(byteCount),
    source: (field, { source }) => field.text(source),
  });
}

/** After those that stay: of the same documents, without what the image itself says. */
async function writeBaseClaims(
  client: PoolClient,
  artifactId: number,
  baseClaims: readonly BaseClaim[],
): Promise<void> {
  const claimants = [...new Set(baseClaims.map(({ claimedBy }) => claimedBy))].map(digestBytes);
  await client.query("DELETE FROM image_base_claim WHERE artifact_id = $1 AND claimed_by = ANY($2)", [
    artifactId,
    claimants.map((digest) => Buffer.from(digest)),
  ]);
  const { rows } = await client.query<{ next: number }>(
    "SELECT coalesce(max(ordinal) + 1, 0) AS next FROM image_base_claim WHERE artifact_id = $1",
    [artifactId],
  );
  const { next } = rows[0]!;
  await copyBaseClaims(
    client,
    baseClaims.map((claim, i) => ({ ...claim, artifactId, ordinal: next + i })),
  );
}

type PlacedClaim = BaseClaim & { readonly artifactId: number; readonly ordinal: number };

/** Of any number of images. */
export async function copyBaseClaims(client: PoolClient, claims: readonly PlacedClaim[]): Promise<void> {
  await copyRows(client, "image_base_claim", claims, {
    artifact_id: (field, { artifactId }) => field.int4(artifactId),
    ordinal: (field, { ordinal }) => field.int4(ordinal),
    name: (field, { name }) => field.text(name),
    digest: (field, { digest }) => field.bytes(digest && digestBytes(digest)),
    claimed_by: (field, { claimedBy }) => field.bytes(digestBytes(claimedBy)),
  });
}
