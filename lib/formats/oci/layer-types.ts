/** Tars, plain or compressed as layers may be. The suffix of an unknown compression is not read. */
const TAR = /[.+/](?:x-)?g?tar(?:[.+](?:gzip|zstd))?$/;
/** Layers that registries need not store (image-spec `layer.md`, "Non-Distributable Layers"): in use for Windows' base alone. */
const FOREIGN = /\.(?:foreign\.diff|layer\.nondistributable\.v1)\.tar/;

/** Whether a layer's bytes may be kept elsewhere than in the image. */
export function isForeignType(mediaType: string): boolean {
  return FOREIGN.test(mediaType);
}

/** What a layer is that cannot be read, with its media type; `undefined` for a tar, and without a media type. */
export function describeUnreadType(mediaType: string): string | undefined {
  if (mediaType === "" || TAR.test(mediaType)) return undefined;
  const shown = `(${mediaType})`;
  if (/\+encrypted$/.test(mediaType)) return `encrypted ${shown}: decrypt the image first`;
  if (/\berofs\b/i.test(mediaType)) return `an EROFS file system ${shown}, not a tar`;
  return `of a type that is not read ${shown}`;
}

const DOCKER_LAYER = /^application\/vnd\.docker\.image\.rootfs\.(diff|foreign\.diff)\.tar(?:[.+](gzip|zstd))?$/;

/** The media type of the same bytes in an OCI manifest; Docker's own names are for Docker's manifests. */
export function toOciLayerType(mediaType: string): string {
  const [isDocker, kind, compression] = DOCKER_LAYER.exec(mediaType) ?? [];
  if (isDocker === undefined) return mediaType;
  const base = kind === "diff" ? "layer.v1" : "layer.nondistributable.v1";
  return `application/vnd.oci.image.${base}.tar${compression === undefined ? "" : `+${compression}`}`;
}
