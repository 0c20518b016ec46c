import { Linked } from "#components/ui/linked.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import type { OverlapAnswer, SavingsAnswer } from "#lib/model/answer.ts";
import { correlate } from "#lib/pictures/correlation/correlate.ts";
import { type CorrelationPicture, placeCorrelation, ROW } from "#lib/pictures/correlation/picture.ts";
import { scaleMarks } from "#lib/pictures/strata.ts";
import { Correlation } from "./correlation.tsx";
import { CorrelationLegend } from "./legend.tsx";

const MARKS = 4;
/** Space above the picture for the figure of a mark at its top. */
const HEADROOM = 18;
/** Minimum width of a column and its gap, in pixels: with more than four, a phone scrolls. */
const MIN_STEP = 84;

interface RowCorrelationProps {
  readonly answer: OverlapAnswer | SavingsAnswer;
  /** The name of each artifact of the answer. */
  readonly names: readonly string[];
}

/** Any number of columns of strata on one baseline, joined to their neighbours; those with a common base side by side. */
export function RowCorrelation({ answer, names }: RowCorrelationProps) {
  const picture = placeCorrelation(correlate(answer), ROW);
  const { columns, order } = picture;
  const largest = Math.max(1, ...columns.map(({ bytes }) => bytes));
  const kinds = new Set(order.map((i) => answer.artifacts[i]!.kind));
  return (
    <>
      <Linked className="grid grid-cols-[3.25rem_minmax(0,1fr)] sm:grid-cols-[4rem_minmax(0,1fr)]">
        {/* The scale's figures have their own column: no stratum covers them, and they stay when the picture scrolls. */}
        <ScaleMarks bytes={largest} height={ROW.height} top={HEADROOM} figures className="relative z-10 bg-ground" />
        <div className="fade-edges min-w-0">
          <ScrollBox label="Correlation of the columns">
            <div className="relative" style={{ minWidth: columns.length * MIN_STEP, paddingTop: HEADROOM }}>
              <ScaleMarks bytes={largest} height={ROW.height} top={0} className="absolute inset-x-0" />
              <div className="relative border-b border-line-strong">
                <Correlation picture={picture} label="The artifacts, those with a common base side by side," />
              </div>
              <Names picture={picture} names={names} />
            </div>
          </ScrollBox>
        </div>
      </Linked>
      <CorrelationLegend layers={kinds.has("image")} items={kinds.has("closure")} />
    </>
  );
}

function Names({ picture: { columns, order }, names }: { picture: CorrelationPicture; names: readonly string[] }) {
  return (
    <ol className="relative mt-2 h-14">
      {order.map((artifact, i) => (
        <li
          key={artifact}
          className="absolute -translate-x-1/2 text-center text-xs leading-4"
          style={{ left: `${(100 * (i + 0.5)) / columns.length}%`, width: `${96 / columns.length}%` }}
        >
          <Visible text={names[artifact]!} className="line-clamp-2 font-medium break-words" />
          <span className="block text-2xs text-dim">{formatBytes(columns[i]!.bytes)}</span>
        </li>
      ))}
    </ol>
  );
}

interface ScaleMarksProps {
  /** Value at the top of the scale, whose bottom is 0. */
  readonly bytes: number;
  /** Pixels. */
  readonly height: number;
  /** Whether each mark has its figure above the left end. */
  readonly figures?: boolean;
  readonly className: string;
  /** Pixels above the scale. */
  readonly top: number;
}

/** Horizontal lines over a picture of bytes, with or without their figures. */
function ScaleMarks({ bytes, height, figures, className, top }: ScaleMarksProps) {
  return (
    <div aria-hidden className={className} style={{ height, marginTop: top }}>
      {scaleMarks(bytes, MARKS).map((mark) => (
        <div key={mark} className="absolute inset-x-0 border-t border-line" style={{ bottom: (height * mark) / bytes }}>
          {figures ? (
            <span className="absolute bottom-0 left-0 text-2xs whitespace-nowrap text-dim">
              {formatBytes(mark).replace(".0 ", " ")}
            </span>
          ) : null}
        </div>
      ))}
    </div>
  );
}
