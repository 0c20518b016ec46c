import type { BaseEvidence, Freed, LineageImage, MovedBase } from "#lib/model/lineage.ts";
import { formatBytes, formatCounted } from "./bytes.ts";

/** Short, as in a table. */
export const EVIDENCE_WORDS: Readonly<Record<BaseEvidence, string>> = {
  provenance: "provenance",
  chain: "same first layers",
  digest: "base.digest",
  name: "base.name",
};

/** As a list of all evidence has it. */
export const EVIDENCE_LABELS: Readonly<Record<BaseEvidence, string>> = {
  provenance: "Provenance",
  chain: "Same first layers (ChainID)",
  digest: "Label or annotation base.digest",
  name: "Label or annotation base.name",
};

export const EVIDENCE_DEFINITIONS: Readonly<Record<BaseEvidence, string>> = {
  provenance: "An attestation of the build names the base by its digest, and the base’s layers are in the image.",
  chain: "All layers of the base, in this order, are the first layers of the image.",
  digest: "The image says so itself, in org.opencontainers.image.base.digest.",
  name: "The image says so itself, in org.opencontainers.image.base.name, without a digest of a stored image.",
};

/** No image is stale: what was looked at. A tag that moved after its last scan is not known. */
export const NOT_STALE_WORDS =
  "No tag of a base has moved since these images were built on it. Stratigraph knows only the tags it has scanned.";

/** `frees 122.9 MiB on a disk, 41.8 MiB in a registry`; unknown parts are left out. */
export function freedBytesWords({ disk, registry }: Freed): string {
  const parts = [
    disk === null ? [] : [`${formatBytes(disk)} on a disk`],
    registry === null ? [] : [`${formatBytes(registry)} in a registry`],
  ].flat();
  return parts.length === 0 ? "frees an unknown number of bytes" : `frees ${parts.join(", ")}`;
}

/** What differs between both snapshots: `1 updated, 8 added`. */
export function changesWords({ changes }: Pick<MovedBase, "changes">): string {
  if (changes === null) return "components are not known";
  const { added, removed, changed } = changes;
  const parts = [
    changed === 0 ? [] : [`${formatCounted(changed, "component")} updated`],
    added === 0 ? [] : [`${added} added`],
    removed === 0 ? [] : [`${removed} removed`],
  ].flat();
  return parts.length === 0 ? "the same components" : parts.join(", ");
}

/** Its name; of an older snapshot that has lost all its names the last one that moved, beside its id. */
export function lineageName({ id, name, moved }: Pick<LineageImage, "id" | "name" | "moved">): string {
  return moved === null || name !== id ? name : `${moved.name} (older, ${id})`;
}

/** `3 images on it`. */
export function imagesOnItWords(count: number): string {
  return `${formatCounted(count, "image")} on it`;
}

/** What a block of the picture of a family is. */
export const LAYER_LOOK_WORDS = {
  shared: "shared: drawn once, across all images that have it",
  only: "only in this image",
  again: "same layer, different layers below: stored again",
  below: "shared with its base, where it is drawn",
} as const;
