import { formatBytes } from "#lib/display/bytes.ts";
import type { OverlapCell } from "#lib/model/answer.ts";
import { placeLabelledVenn } from "#lib/pictures/labelled-venn.ts";
import type { Circle } from "#lib/pictures/venn.ts";
import type { CircleLabel } from "#lib/pictures/venn-labels.ts";

interface VennProps {
  /** n × n bytes that two sets share; on the diagonal each set's own. n is 2 or 3. */
  readonly shared: readonly (readonly number[])[];
  readonly cells: readonly OverlapCell[];
  readonly letters: readonly string[];
  readonly label: string;
}

/** For two circles, the colours of the sides; three are not sides. */
const PAIR_COLOURS = ["var(--side-left)", "var(--side-right)"] as const;
const COLOURS = ["var(--rock-1)", "var(--rock-3)", "var(--rock-7)"] as const;
const LINES = ["url(#left-lines)", "url(#right-lines)", "url(#changed-dots)"] as const;
/** If the share of all in the whole is smaller than this, its figure is left out. */
const MIN_SHARE = 0.06;

/** Two or three sets as circles with areas in proportion to bytes, each with its letter and the bytes only it contains. */
export function Venn({ shared, cells, letters, label }: VennProps) {
  const union = cells.reduce((sum, { bytes }) => sum + bytes, 0);
  if (union === 0) return null;
  const inAll = cells.find((cell) => cell.in.length === letters.length)?.bytes ?? 0;
  const { circles, exact, labels, middle, bounds } = placeLabelledVenn(shared, inAll >= MIN_SHARE * union);
  return (
    <figure>
      <svg
        role="img"
        aria-label={label}
        viewBox={`${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`}
        className="block w-full"
        style={{ maxWidth: bounds.width }}
      >
        {circles.map((circle, i) => (
          <VennCircle key={letters[i]} circle={circle} place={i} pair={circles.length === 2} />
        ))}
        {labels.map((placed, i) => (
          <CircleWords key={letters[i]} placed={placed} letter={letters[i]!} bytes={aloneBytes(cells, i)} />
        ))}
        {middle === undefined ? null : (
          <text x={middle.x} y={middle.y} dy="0.35em" {...WORDS_LOOK}>
            {formatBytes(inAll)}
          </text>
        )}
      </svg>
      <figcaption className="mt-2 max-w-[22rem] text-xs text-dim">{captionOf(circles.length, exact)}</figcaption>
    </figure>
  );
}

function aloneBytes(cells: readonly OverlapCell[], i: number): number {
  return cells.find((cell) => cell.in.length === 1 && cell.in[0] === i)?.bytes ?? 0;
}

function captionOf(count: number, exact: boolean): string {
  if (count === 2) return "Areas are proportional to bytes.";
  return exact
    ? "Circles and pairwise overlaps are proportional to bytes; the middle is not. All numbers are exact."
    : "Areas of overlaps are approximate; circles are proportional to bytes, and all numbers are exact.";
}

function VennCircle({ circle: { x, y, radius }, place, pair }: { circle: Circle; place: number; pair: boolean }) {
  const at = { cx: x, cy: y, r: radius };
  const colour = pair ? PAIR_COLOURS[place] : COLOURS[place];
  return (
    <g>
      <circle {...at} fill={colour} fillOpacity="0.55" stroke="var(--ink-dim)" strokeWidth="1" />
      <circle {...at} fill={LINES[place]} />
    </g>
  );
}

/** Text over lines and overlaps, outlined in the background colour. */
const WORDS_LOOK = {
  textAnchor: "middle",
  fontSize: 12,
  className: "fill-ink",
  stroke: "var(--ground)",
  strokeWidth: 3,
  strokeLinejoin: "round",
  paintOrder: "stroke",
} as const;

interface CircleWordsProps {
  readonly placed: CircleLabel;
  readonly letter: string;
  /** The bytes that only this set contains. */
  readonly bytes: number;
}

function CircleWords({ placed: { at, line }, letter, bytes }: CircleWordsProps) {
  return (
    <g>
      {line === undefined ? null : (
        <>
          <line x1={line.from.x} y1={line.from.y} x2={line.to.x} y2={line.to.y} stroke="var(--ink)" strokeWidth="1" />
          <circle cx={line.to.x} cy={line.to.y} r="2" fill="var(--ink)" />
        </>
      )}
      <text x={at.x} y={at.y} {...WORDS_LOOK}>
        <tspan x={at.x} dy="-0.2em" fontWeight="600">
          {letter}
        </tspan>
        <tspan x={at.x} dy="1.25em">
          {formatBytes(bytes)}
        </tspan>
      </text>
    </g>
  );
}
