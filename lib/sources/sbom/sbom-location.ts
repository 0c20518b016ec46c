import { type Digest, parseDigest } from "#lib/model/digest.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";
import { type NamedReference, parseReference } from "../registry/reference.ts";

/** Where an SBOM is: a file, a blob of a registry, or a blob of an image layout. */
export type SbomLocation =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "registry"; readonly reference: Extract<NamedReference, { digest: Digest }> }
  | { readonly kind: "layout"; readonly directory: string; readonly digest: Digest };

/** Parses `FILE`, `docker://HOST/REPO@DIGEST` and `oci:DIR@DIGEST`. Throws UsageError. */
export function parseSbomLocation(rest: string, { resolvePath }: SourceEnvironment): SbomLocation {
  if (rest.startsWith("docker://")) return parseBlob(rest);
  if (!rest.startsWith("oci:")) return { kind: "file", path: resolvePath(rest) };
  const at = rest.lastIndexOf("@");
  const digest = parseDigest(rest.slice(at + 1));
  if (at === -1 || digest === undefined) throw noDigest(rest);
  return { kind: "layout", directory: resolvePath(rest.slice("oci:".length, at)), digest };
}

function parseBlob(rest: string): SbomLocation {
  const reference = parseReference(rest.slice("docker:".length));
  if (reference.kind !== "image" || !("digest" in reference)) throw noDigest(rest);
  return { kind: "registry", reference };
}

function noDigest(rest: string): UsageError {
  return new UsageError(`sbom:${rest}: expected @sha256: and 64 hex digits, as show lists them`);
}
