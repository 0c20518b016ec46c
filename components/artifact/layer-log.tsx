import { Strata } from "#components/charts/strata.tsx";
import { Linked } from "#components/ui/linked.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import type { ListedLayer } from "#lib/exports/tables/closure.ts";
import { toStrata } from "#lib/model/column.ts";
import { type MergedStratum, mergeOldest } from "#lib/pictures/merge-strata.ts";
import { placeStrata, scaleMarks } from "#lib/pictures/strata.ts";
import { LayerTable } from "./layer-table.tsx";

/** A layer's row in pixels: a few are taller, so that the column beside them is tall enough to read. */
const MIN_ROW = 40;
const MAX_ROW = 72;
const MIN_HEIGHT = 280;
const HEADING = 32;
const COLUMN_WIDTH = 128;
const LEADER_WIDTH = 40;
const MARKS = 5;
/** Maximum number of layers with a row each: as many as Docker allows. Older ones share one row. */
const MAX_ROWS = 127;
/** More leaders than these lie on each other, and are drawn faintly. */
const MAX_CLEAR_LEADERS = 24;

interface LayerLogProps {
  /** Newest first. */
  readonly layers: readonly ListedLayer[];
  /** Only the manifest is known: thickness is by download. */
  readonly manifestOnly?: boolean;
  readonly bytes: number;
  /** The image, if its layers have pages: a report outlives them. */
  readonly digest?: string;
}

/**
 * The column with its log, like that of a borehole: strata by thickness at the left, one row per layer at the right, each stratum
 * connected with its row. Picture and table have the same layers in the same order.
 */
export function LayerLog({ layers, bytes, digest, manifestOnly = false }: LayerLogProps) {
  const drawn = mergeOldest(toStrata(layers.toReversed(), manifestOnly), MAX_ROWS);
  const rowHeight = Math.max(MIN_ROW, Math.min(MAX_ROW, Math.ceil(MIN_HEIGHT / Math.max(1, drawn.length))));
  const height = rowHeight * drawn.length;
  return (
    <Linked className="grid grid-cols-[3rem_1.25rem_minmax(0,1fr)] sm:grid-cols-[4rem_8rem_2.5rem_minmax(0,1fr)]">
      <Depth bytes={bytes} height={height} />
      <svg
        role="img"
        aria-label="The layers as strata: thickness by bytes, newest on top, waste hatched. The table beside it has the same data."
        viewBox={`0 0 ${COLUMN_WIDTH} ${height}`}
        preserveAspectRatio="none"
        className="w-12 rounded-[2px] sm:w-32"
        style={{ height, marginTop: HEADING }}
      >
        <Strata strata={drawn} width={COLUMN_WIDTH} height={height} minimum={2} live isDownload={manifestOnly} />
      </svg>
      <Leaders strata={drawn} height={height} rowHeight={rowHeight} />
      <LayerTable layers={layers} digest={digest} limit={MAX_ROWS} rowHeight={rowHeight} />
    </Linked>
  );
}

function Depth({ bytes, height }: { bytes: number; height: number }) {
  return (
    <div aria-hidden className="relative hidden text-2xs text-dim sm:block" style={{ height, marginTop: HEADING }}>
      {[0, ...scaleMarks(bytes, MARKS)].map((mark) => (
        <div
          key={mark}
          className="absolute right-0 left-0 flex -translate-y-1/2 items-center gap-1"
          style={{ top: (height * mark) / Math.max(1, bytes) }}
        >
          <span className="flex-1 text-right">{mark === 0 ? "0" : formatBytes(mark).replace(".0 ", " ")}</span>
          <span className="w-1.5 border-t border-line-strong" />
        </div>
      ))}
    </div>
  );
}

type LeadersProps = { strata: readonly MergedStratum[]; height: number; rowHeight: number };

function Leaders({ strata, height, rowHeight }: LeadersProps) {
  const bands = placeStrata({ sizes: strata.map(({ bytes }) => bytes), height, minimum: 2 });
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${LEADER_WIDTH} ${height}`}
      preserveAspectRatio="none"
      className="w-full"
      style={{ height, marginTop: HEADING, opacity: strata.length > MAX_CLEAR_LEADERS ? 0.4 : 1 }}
    >
      {strata.map(({ diffId, position }, i) => {
        const from = bands[i]!.top + bands[i]!.height / 2;
        const to = (strata.length - 1 - i + 0.5) * rowHeight;
        return (
          <path
            key={position}
            data-twin={diffId}
            d={`M0 ${from} H4 L${LEADER_WIDTH - 8} ${to} H${LEADER_WIDTH - 2}`}
            fill="none"
            stroke="var(--line-strong)"
            strokeWidth="1"
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
    </svg>
  );
}
