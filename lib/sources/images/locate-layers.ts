import { type ImageConfig, isForeignType } from "#lib/formats/oci/index.ts";
import { InputError } from "#lib/model/problem.ts";
import type { BlobPlace, BlobStore, SourceLayer } from "./source-image.ts";

/** A layer as a manifest names it. */
export interface NamedLayer extends Pick<SourceLayer, "digest" | "isDescribed" | "mediaType"> {
  readonly path: string;
  /** Bytes of the blob, if the manifest says. */
  readonly size?: number;
}

/** Finds the layers of a manifest in a store. `manifest`: its name in messages, and the place of a fault in it. */
export async function locateLayers(
  store: BlobStore,
  config: ImageConfig,
  named: readonly NamedLayer[],
  manifest: { readonly name: string; readonly place: string },
): Promise<SourceLayer[]> {
  if (config.diffIds.length !== named.length) {
    const counts = `${named.length} layers in ${manifest.name}, but ${config.diffIds.length} diffIDs in the config`;
    throw new InputError("bad-manifest", manifest.place, counts);
  }
  const layers: SourceLayer[] = [];
  for (const [i, { path, size, ...facts }] of named.entries()) {
    const located = (await store.locate(path, size)) ?? toAbsent(facts.mediaType, size);
    if (located === undefined) throw new InputError("missing-blob", path, `layer ${i + 1} is missing`);
    const { place, byteCount } = located;
    if (size !== undefined && size !== byteCount) {
      const sizes = `layer ${i + 1}: expected ${size} bytes (descriptor), got ${byteCount}`;
      throw new InputError("size-mismatch", path, sizes);
    }
    const [diffId, createdBy] = [config.diffIds[i]!, config.createdBy[i]!];
    layers.push({ ...facts, diffId, createdBy, storedSize: byteCount, place, label: path });
  }
  return layers;
}

/** The manifest of an image with a foreign layer is whole without its bytes. */
function toAbsent(mediaType: string, byteCount = 0): { place: BlobPlace; byteCount: number } | undefined {
  return isForeignType(mediaType) ? { place: { kind: "absent" }, byteCount } : undefined;
}
