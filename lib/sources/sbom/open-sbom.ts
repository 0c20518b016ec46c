import { join } from "node:path";
import { MAX_SBOM_BYTES, parseSbom } from "#lib/formats/sbom/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import type { SourceEnvironment } from "../environment.ts";
import { toBlobPath } from "../images/blob-path.ts";
import { checkDigest, digestOfBytes } from "../images/read-blob.ts";
import { readDocument } from "../read-document.ts";
import { readRegistryBlob } from "../registry/open-registry.ts";
import type { SbomLocation } from "./sbom-location.ts";

const WHAT = "an SBOM";

/** A parsed SBOM, and the SHA-256 of its bytes. */
export interface OpenedSbom {
  readonly digest: Digest;
  readonly document: SbomDocument;
}

interface OpenContext {
  readonly environment: SourceEnvironment;
  readonly signal: AbortSignal;
}

/** Opens a file with an SBOM, or a blob that is attached to an image. Throws InputError, UnreachableError. */
export async function openSbom(location: SbomLocation, context: OpenContext): Promise<OpenedSbom> {
  const { bytes, place } = await readLocation(location, context);
  return { digest: digestOfBytes(bytes), document: parseSbom(bytes, place) };
}

async function readLocation(location: SbomLocation, context: OpenContext) {
  if (location.kind === "file")
    return { bytes: await readDocument(location.path, WHAT, MAX_SBOM_BYTES), place: location.path };
  const digest = location.kind === "layout" ? location.digest : location.reference.digest;
  const bytes =
    location.kind === "layout"
      ? await readDocument(join(location.directory, toBlobPath(digest)), WHAT, MAX_SBOM_BYTES)
      : await readRegistryBlob(location.reference, MAX_SBOM_BYTES, context);
  checkDigest(bytes, digest, digest);
  return { bytes, place: digest };
}
