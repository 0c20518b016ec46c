import type { Attachment, StatedClaim } from "#lib/model/attached.ts";
import { type Columns, column, DIGEST, NAME } from "../table.ts";

export const ATTACHMENT_COLUMNS = {
  kind: column("Document", "text", ({ kind }) => kind, {
    shown: ({ kind }) => (kind === "sbom" ? "SBOM" : "provenance"),
  }),
  type: column("Type", "path", ({ type }) => type),
  byteCount: column("Bytes", "bytes", ({ byteCount }) => byteCount),
  digest: DIGEST,
  source: column("Scan it as", "path", ({ source }) => source, {
    shown: ({ source }) => (source === "" ? null : source),
  }),
} satisfies Columns<Attachment>;

export const BASE_CLAIM_COLUMNS = {
  name: NAME,
  digest: column("Digest", "digest", ({ digest }) => digest),
  statedBy: column("Stated by", "text", ({ statedBy }) => statedBy, {
    shown: ({ statedBy }) => (statedBy === "image" ? "the image itself" : statedBy),
  }),
} satisfies Columns<StatedClaim>;
