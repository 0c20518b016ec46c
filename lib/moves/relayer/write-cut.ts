import { parseMetadata } from "#lib/formats/oci/index.ts";
import { cutText } from "#lib/model/cut-text.ts";
import type { Digest } from "#lib/model/digest.ts";
import type { ImageSink, StoredLayer } from "../sink/image-sink.ts";
import type { LayerCut } from "./layer-cut.ts";
import type { ReadImage } from "./read-set.ts";
import { type MemberSource, writeTar } from "./write-layer.ts";

/** UTF-16 units of what a layer is for, in the history. */
const MAX_HISTORY_NAME = 400;

/** Writes every layer once, then the images. Digests of their manifests, in the order of the images. */
export async function writeCut(
  sink: ImageSink,
  cut: LayerCut,
  images: readonly ReadImage[],
  { onStep, ...source }: MemberSource & { readonly onStep: (step: string) => void },
): Promise<Digest[]> {
  const stored: StoredLayer[] = [];
  for (const { units } of cut.layers) {
    onStep(`writing layer ${stored.length + 1} of ${cut.layers.length}`);
    stored.push(await sink.addLayer(writeTar(units, source)));
  }
  const written: Digest[] = [];
  for (const [at, { image, config, annotations }] of images.entries()) {
    const rows = Array.from(cut.images[at]!);
    const layers = rows.map((row) => stored[row]!);
    const names = rows.map((row) => cut.layers[row]!.name);
    const manifest = await sink.addImage({ config: toConfig(config, names), layers, annotations });
    sink.name(image.name, manifest);
    written.push(manifest.digest);
  }
  return written;
}

/** The configuration as it was, with a history of the new layers. */
function toConfig(bytes: Uint8Array, names: readonly string[]): Readonly<Record<string, unknown>> {
  const { history: _, rootfs: __, ...config } = parseMetadata(bytes, "config") as Record<string, unknown>;
  const created = typeof config.created === "string" ? { created: config.created } : {};
  const history = names.map((name) => {
    return { ...created, created_by: `stratigraph relayer: ${cutText(name, MAX_HISTORY_NAME)}` };
  });
  return { ...config, history };
}
