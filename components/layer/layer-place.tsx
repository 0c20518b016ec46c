import Link from "next/link";
import { Strata } from "#components/charts/strata.tsx";
import { Bytes } from "#components/ui/bytes.tsx";
import { Linked } from "#components/ui/linked.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { layerPath } from "#lib/display/paths.ts";
import { toStrata } from "#lib/model/column.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { mergeSmallest } from "#lib/pictures/merge-strata.ts";
import { placeStrata } from "#lib/pictures/strata.ts";
import type { LayerView } from "#lib/views/layer.ts";

const WIDTH = 96;
const HEIGHT = 300;
/** Strata drawn: others between them are merged. */
const MAX_STRATA = 60;

/** The column with this layer marked, and all steps, newest on top, in a box of their own. */
export function LayerPlace({ view: { artifact, layers, layer, column } }: { view: LayerView }) {
  const isDownload = artifact.manifestOnly;
  const strata = mergeSmallest(toStrata(layers.toReversed(), isDownload), MAX_STRATA);
  const bands = placeStrata({ sizes: strata.map(({ bytes }) => bytes), height: HEIGHT, minimum: 2 });
  const own = strata.findIndex(({ position, upTo = position }) => position <= layer.position && layer.position <= upTo);
  const band = bands[own];
  return (
    <Linked className="grid grid-cols-[4rem_minmax(0,1fr)] gap-4 sm:grid-cols-[6rem_minmax(0,1fr)]">
      <svg
        role="img"
        aria-label="The layers as strata, newest on top; this layer is outlined. The list beside it has the same layers."
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="w-full rounded-[2px]"
        style={{ height: HEIGHT }}
      >
        <Strata strata={strata} width={WIDTH} height={HEIGHT} minimum={2} live isDownload={isDownload} />
        {band === undefined ? null : (
          <rect
            x="1"
            y={Math.max(1, band.top)}
            width={WIDTH - 2}
            height={Math.max(3, Math.min(band.height, HEIGHT - band.top - 1))}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="3"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <div className="min-w-0">
        <p className="mb-1 text-xs text-dim">
          Newest on top. {formatBytes(column.bytes)} {isDownload ? "to download " : ""}in{" "}
          {formatCounted(layers.length, "layer")}.
        </p>
        <ol data-current-in-view className="max-h-72 overflow-y-auto" aria-label="Steps" reversed>
          {layers.map((each) => (
            <li key={each.position}>
              <Link
                href={layerPath(artifact.digest, each.position)}
                prefetch={false}
                data-twin={each.diffId}
                aria-current={each.position === layer.position ? "page" : undefined}
                className="flex min-h-7 items-center gap-3 rounded-md px-2 text-xs hover:bg-shade aria-[current]:bg-wash aria-[current]:font-medium"
              >
                <span className="w-5 shrink-0 text-right text-dim tabular-nums">{each.position}</span>
                <StepName createdBy={each.createdBy} />
                <span className="ml-auto shrink-0">
                  <StepBytes bytes={isDownload ? each.downloadSize : each.contentSize} />
                </span>
              </Link>
            </li>
          ))}
        </ol>
      </div>
    </Linked>
  );
}

function StepName({ createdBy }: { createdBy: string }) {
  const made = tidyCreatedBy(createdBy).replace(/^RUN\s+/, "");
  if (made === "") return <span className="truncate text-dim">Step not recorded</span>;
  return <Visible text={made} className="truncate font-mono" />;
}

function StepBytes({ bytes }: { bytes: number | undefined }) {
  return bytes === undefined ? <span className="text-dim">–</span> : <Bytes value={bytes} />;
}
