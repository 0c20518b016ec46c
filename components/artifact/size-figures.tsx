import { Figure, Measure, MeasureLabel } from "#components/ui/measure.tsx";
import { formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { ArtifactDetail } from "#lib/views/artifact.ts";

type ImageSizesProps = Pick<
  ArtifactDetail,
  "rootfsSize" | "layersContentSize" | "wastedSize" | "downloadSize" | "nodeCount" | "layerCount"
>;

/** The leading figures of an image. */
export function ImageSizes(props: ImageSizesProps) {
  const { rootfsSize, layersContentSize, wastedSize, downloadSize, nodeCount, layerCount } = props;
  const ofLayers = (bytes: number) => `${formatShare(bytes, layersContentSize)} of the layers`;
  return (
    <>
      <Measure name="rootfsSize" value={rootfsSize} note={formatCounted(nodeCount, "component")} />
      <Measure name="layersContentSize" value={layersContentSize} note={formatCounted(layerCount, "layer")} />
      <Measure name="wastedSize" value={wastedSize} note={wastedSize === 0 ? "none" : ofLayers(wastedSize)} />
      {downloadSize === undefined ? (
        <Figure label={<MeasureLabel name="downloadSize" />} note="this source stores its layers uncompressed">
          <span className="text-dim">not known</span>
        </Figure>
      ) : (
        <Measure name="downloadSize" value={downloadSize} note={ofLayers(downloadSize)} />
      )}
    </>
  );
}

type ClosureSizesProps = Pick<ArtifactDetail, "closureSize" | "nodeCount" | "edgeCount"> &
  Partial<Pick<ArtifactDetail, "rootsKnown" | "storeDir">>;

/** The leading figures of a closure. */
export function ClosureSizes({ closureSize, rootsKnown = true, nodeCount, edgeCount, storeDir }: ClosureSizesProps) {
  const unknown = "no GC roots found: the whole store is counted";
  return (
    <>
      <Measure name="closureSize" value={closureSize} note={rootsKnown ? undefined : unknown} />
      <Figure label="Store items" note={storeDir}>
        {formatCount(nodeCount)}
      </Figure>
      <Figure label="References" note={`${(edgeCount / Math.max(1, nodeCount)).toFixed(1)} an item`}>
        {formatCount(edgeCount)}
      </Figure>
    </>
  );
}
