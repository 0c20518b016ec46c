import { decompress, sniffStream } from "#lib/formats/compression/index.ts";
import { parseMetadata } from "#lib/formats/oci/index.ts";
import { parseTarget } from "#lib/moves/sink/image-target.ts";
import { writeImages } from "#lib/moves/sink/write-images.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { openDirectory } from "#lib/sources/images/directory.ts";
import { findLayoutImages } from "#lib/sources/images/oci-layout.ts";
import { readPlace } from "#lib/sources/images/read-place.ts";

/** Copies a layout with its layers in gzip: the same tars, for tools that do not read zstd. */
export async function copyAsGzip(layout: string, to: string): Promise<void> {
  const environment = openEnvironment({ baseDir: "/", hasStdin: false, allowed: "all" });
  const { signal } = new AbortController();
  const { images } = await findLayoutImages(openDirectory(layout), { platform: "all" });
  await writeImages(parseTarget(`oci:${to}`, environment), { environment, signal }, async (sink) => {
    for await (const image of images) {
      if ("fault" in image) throw image.fault;
      const layers = [];
      for (const { place } of image.layers) {
        const { compression, chunks } = await sniffStream(readPlace(place));
        layers.push(await sink.addLayer(decompress(chunks, { compression })));
      }
      const config = parseMetadata(await image.readConfig(), "config") as Record<string, unknown>;
      sink.name(image.name, await sink.addImage({ config, layers }));
    }
  });
}
