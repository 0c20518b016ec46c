import { formatBytes } from "#lib/display/bytes.ts";
import type { OverlapCell } from "#lib/model/answer.ts";
import { type Circle, placeVenn } from "#lib/pictures/venn.ts";
import { type CircleLabel, labelCircles, type Point } from "#lib/pictures/venn-labels.ts";

interface VennProps {
  /** n × n bytes that two sets share; on the diagonal each set's own. n is 2 or 3. */
  readonly shared: readonly (readonly number[])[];
  readonly cells: readonly OverlapCell[];
  readonly letters: readonly string[];
  readonly label: string;
}

const WIDTH = 340;
/** Of the circles where some are named beside them: the words need the rest. */
const NARROW_WIDTH = 220;
const PADDING = 4;
/** Of two, the sides of a comparison; three are no sides. */
const PAIR_COLOURS = ["var(--side-left)", "var(--side-right)"] as const;
const COLOURS = ["var(--rock-1)", "var(--rock-3)", "var(--rock-7)"] as const;
const LINES = ["url(#left-lines)", "url(#right-lines)", "url(#changed-dots)"] as const;
/** What all have in common, where it is a smaller share of the whole than this, has no figure in the picture. */
const LEAST_SHARE = 0.06;
/** Room for a letter over a figure of 12 units. */
const WORDS = { width: 62, height: 32 };

/** Two or three sets as circles, areas true to bytes, each with its letter and what it alone has. */
export function Venn({ shared, cells, letters, label }: VennProps) {
  const union = cells.reduce((sum, { bytes }) => sum + bytes, 0);
  if (union === 0) return null;
  const inAll = cells.find((cell) => cell.in.length === letters.length)?.bytes ?? 0;
  const { circles, exact, labels, middle } = layLabelled(shared, inAll >= LEAST_SHARE * union);
  const box = boundsOf(circles, labels);
  return (
    <figure>
      <svg
        role="img"
        aria-label={label}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        className="block w-full"
        style={{ maxWidth: box.width }}
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

/** Circles with their labels; smaller where some label has no room inside. */
function layLabelled(shared: VennProps["shared"], hasMiddle: boolean) {
  const lay = (width: number) => {
    const { circles, exact } = placeVenn(shared, width, PADDING);
    const middle = hasMiddle ? middlePoint(circles) : undefined;
    return { circles, exact, middle, labels: labelCircles(circles, WORDS, middle === undefined ? [] : [middle]) };
  };
  const wide = lay(WIDTH);
  return wide.labels.every(({ line }) => line === undefined) ? wide : lay(NARROW_WIDTH);
}

function boundsOf(circles: readonly Circle[], labels: readonly CircleLabel[]) {
  const words = labels.map(({ at: { x, y } }) => ({ x, y, right: WORDS.width / 2, down: WORDS.height / 2 }));
  const parts = [...circles.map(({ x, y, radius }) => ({ x, y, right: radius, down: radius })), ...words];
  const x = Math.floor(Math.min(...parts.map((part) => part.x - part.right)) - PADDING);
  const y = Math.floor(Math.min(...parts.map((part) => part.y - part.down)) - PADDING);
  return {
    x,
    y,
    width: Math.ceil(Math.max(...parts.map((part) => part.x + part.right)) + PADDING - x),
    height: Math.ceil(Math.max(...parts.map((part) => part.y + part.down)) + PADDING - y),
  };
}

function aloneBytes(cells: readonly OverlapCell[], i: number): number {
  return cells.find((cell) => cell.in.length === 1 && cell.in[0] === i)?.bytes ?? 0;
}

function captionOf(count: number, exact: boolean): string {
  if (count === 2) return "Areas are in proportion to bytes.";
  return exact
    ? "Areas of circles, and of each overlap of two, are in proportion to bytes. The middle is not: its figure is true."
    : "No three circles have these overlaps: only the areas of the circles are in proportion to bytes. The figures are true.";
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

/** Words over lines and overlaps: the ground shows around them. */
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
  /** What only this set has. */
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

/** The middle of what all circles share: of each two, halfway between the near edges on the line through their centres. */
function middlePoint(circles: readonly Circle[]): Point {
  const points = circles.flatMap((circle, i) => circles.slice(i + 1).map((other) => lensMiddle(circle, other)));
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
}

function lensMiddle(a: Circle, b: Circle): Point {
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const along = (Math.max(-a.radius, distance - b.radius) + Math.min(a.radius, distance + b.radius)) / 2;
  return { x: a.x + (along * (b.x - a.x)) / distance, y: a.y + (along * (b.y - a.y)) / distance };
}
