import { createHash } from "node:crypto";
import { MAX_SBOM_BYTES, parseSbom } from "#lib/formats/sbom/index.ts";
import { type Digest, digestOf } from "#lib/model/digest.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import { readDocument } from "../read-document.ts";

/** A parsed SBOM, and the SHA-256 of its bytes. */
export interface OpenedSbom {
  readonly digest: Digest;
  readonly document: SbomDocument;
}

/** Opens a file with an SBOM. Throws InputError, UnreachableError. */
export async function openSbomFile(file: string): Promise<OpenedSbom> {
  return toOpenedSbom(await readDocument(file, "an SBOM", MAX_SBOM_BYTES), file);
}

function toOpenedSbom(bytes: Uint8Array, place: string): OpenedSbom {
  return { digest: digestOf(createHash("sha256").update(bytes).digest()), document: parseSbom(bytes, place) };
}
