import { Figure, Measure, MeasureLabel } from "#components/ui/measure.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { ArtifactDetail } from "#lib/views/artifact.ts";

type ImageSizesProps = Pick<
  ArtifactDetail,
  "rootfsSize" | "layersContentSize" | "wastedSize" | "downloadSize" | "nodeCount" | "layerCount"
>;

/** The leading figures of an image. */
export function ImageSizes(props: ImageSizesProps) {
  const { rootfsSize, layersContentSize, wastedSize, downloadSize, nodeCount, layerCount } = props;
  if (rootfsSize === undefined || layersContentSize === undefined || wastedSize === undefined)
    return <ManifestSizes downloadSize={downloadSize} layerCount={layerCount} />;
  const ofLayers = (bytes: number) => `${formatShare(bytes, layersContentSize)} of the layers`;
  return (
    <>
      <Measure name="rootfsSize" value={rootfsSize} note={formatCounted(nodeCount, "component")} />
      <Measure name="layersContentSize" value={layersContentSize} note={formatCounted(layerCount, "layer")} />
      <Measure name="wastedSize" value={wastedSize} note={wastedSize === 0 ? "none" : ofLayers(wastedSize)} />
      <DownloadSize bytes={downloadSize} noteOf={ofLayers} />
    </>
  );
}

/** An image that is known by its manifest alone. */
function ManifestSizes({ downloadSize, layerCount }: Pick<ImageSizesProps, "downloadSize" | "layerCount">) {
  return (
    <>
      <DownloadSize bytes={downloadSize} noteOf={() => formatCounted(layerCount, "layer")} />
      {(["layersContentSize", "rootfsSize", "wastedSize"] as const).map((name) => (
        <Figure key={name} label={<MeasureLabel name={name} />}>
          <span className="text-dim">–</span>
        </Figure>
      ))}
    </>
  );
}

interface DownloadSizeProps {
  readonly bytes: number | undefined;
  readonly noteOf: (bytes: number) => string;
}

function DownloadSize({ bytes, noteOf }: DownloadSizeProps) {
  if (bytes !== undefined) return <Measure name="downloadSize" value={bytes} note={noteOf(bytes)} />;
  return (
    <Figure label={<MeasureLabel name="downloadSize" />} note="this source stores its layers uncompressed">
      <span className="text-dim">not known</span>
    </Figure>
  );
}

type ClosureSizesProps = Pick<ArtifactDetail, "closureSize" | "nodeCount" | "edgeCount"> &
  Partial<Pick<ArtifactDetail, "downloadSize" | "rootsKnown" | "storeDir">>;

/** The leading figures of a closure. */
export function ClosureSizes(props: ClosureSizesProps) {
  const { closureSize, downloadSize, rootsKnown = true, nodeCount, edgeCount, storeDir } = props;
  const unknown = "no GC roots found: the whole store is counted";
  return (
    <>
      <Measure name="closureSize" value={closureSize} note={rootsKnown ? undefined : unknown} />
      {downloadSize === undefined ? null : (
        <Measure
          name="downloadSize"
          value={downloadSize}
          note={`${formatShare(downloadSize, closureSize)} of the closure`}
        />
      )}
      <Figure label="Store items" note={storeDir}>
        {formatCount(nodeCount)}
      </Figure>
      <Figure label="References" note={`${(edgeCount / Math.max(1, nodeCount)).toFixed(1)} per item`}>
        {formatCount(edgeCount)}
      </Figure>
    </>
  );
}

type SbomFiguresProps = Pick<ArtifactDetail, "nodeCount" | "edgeCount" | "fileCount" | "documentName">;

/** The leading figures of an SBOM: it states no sizes. */
export function SbomFigures({ nodeCount, edgeCount, fileCount, documentName }: SbomFiguresProps) {
  return (
    <>
      <Figure
        label="Components"
        note={documentName === "" ? undefined : <Visible text={documentName} className="break-all" />}
      >
        {formatCount(nodeCount)}
      </Figure>
      <Figure label="Relations" note={`${(edgeCount / Math.max(1, nodeCount)).toFixed(1)} a component`}>
        {formatCount(edgeCount)}
      </Figure>
      {fileCount === 0 ? null : (
        <Figure label="Files listed" note="not components">
          {formatCount(fileCount)}
        </Figure>
      )}
      <Figure label="Sizes" note="an SBOM states none">
        <span className="text-dim">not known</span>
      </Figure>
    </>
  );
}
