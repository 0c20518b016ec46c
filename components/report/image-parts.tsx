import { LayerLog } from "#components/artifact/layer-log.tsx";
import { WasteTable } from "#components/artifact/waste-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { ArtifactLabel, ImageFigures } from "#lib/model/answer.ts";

interface ImagePartsProps {
  readonly artifact: ArtifactLabel;
  readonly image: ImageFigures;
}

/** The column of an image's strata with its log, as on the image's page. */
export function KeptLayers({ artifact: { layers, byteCount }, image }: ImagePartsProps) {
  const listed = layers.map((layer, position) => {
    const { downloadSize, entryCount = 0, imageCount = 1 } = image.layers[position] ?? {};
    const { diffId, contentSize, wastedSize, createdBy } = layer;
    return { position, diffId, contentSize, wastedSize, createdBy, downloadSize, entryCount, imageCount };
  });
  return (
    <section aria-label="Layers" className="mt-8">
      <LayerLog layers={listed.toReversed()} bytes={byteCount} />
      <p className="mt-2 text-xs text-dim">
        Newest on top, thickness by content. Hatched: no container sees it. Coloured: other images had the layer too
        when the report was made.
      </p>
    </section>
  );
}

/** What the image ships and no container sees. */
export function KeptWaste({ image: { waste } }: Pick<ImagePartsProps, "image">) {
  const { count, bytes, files: rows } = waste;
  return (
    <Section
      id="waste"
      title="Waste"
      note={count === 0 ? undefined : `${formatCounted(count, "file")}, ${formatBytes(bytes)}`}
    >
      {count === 0 ? (
        <p className="text-[0.8125rem] text-dim">No wasted space.</p>
      ) : (
        <WasteTable wasted={{ rows, count, bytes }} />
      )}
    </Section>
  );
}
