/** Media types by meaning (image-spec `media-types.md`; Docker's schema 2 names mean the same). */
const INDEXES = new Set([
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
]);
const MANIFESTS = new Set([
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
]);
const CONFIGS = new Set(["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"]);

/** What to accept from a registry: images and indexes, OCI's and Docker's. */
export const MANIFEST_TYPES: readonly string[] = [...MANIFESTS, ...INDEXES];
const SCHEMA_1 = /^application\/vnd\.docker\.distribution\.manifest\.v1\+(json|prettyjws)$/;

export const isIndexType = (mediaType: string): boolean => INDEXES.has(mediaType);
export const isManifestType = (mediaType: string): boolean => MANIFESTS.has(mediaType);
export const isConfigType = (mediaType: string): boolean => CONFIGS.has(mediaType);
export const isSchema1Type = (mediaType: string): boolean => SCHEMA_1.test(mediaType);
