import { formatBytes } from "#lib/display/bytes.ts";
import type { OverlapCell } from "#lib/model/answer.ts";
import { type Circle, layVenn } from "./venn-geometry.ts";

interface VennProps {
  /** n × n bytes that two sets share; on the diagonal each set's own. n is 2 or 3. */
  readonly shared: readonly (readonly number[])[];
  readonly cells: readonly OverlapCell[];
  readonly letters: readonly string[];
  readonly label: string;
}

const WIDTH = 340;
const PADDING = 4;
const COLOURS = ["var(--side-left)", "var(--side-right)", "var(--side-changed)"] as const;
const LINES = ["url(#left-lines)", "url(#right-lines)", "url(#changed-dots)"] as const;
/** A part smaller than this share of the whole has no figure in the picture. */
const LEAST_SHARE = 0.06;

/** Two or three sets as circles, areas true to bytes. */
export function Venn({ shared, cells, letters, label }: VennProps) {
  const { circles, exact, height } = layVenn(shared, WIDTH, PADDING);
  return (
    <figure>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${WIDTH} ${Math.ceil(height)}`}
        className="block w-full max-w-[22rem]"
      >
        {circles.map((circle, i) => (
          <VennCircle key={letters[i]} circle={circle} place={i} />
        ))}
        <Figures circles={circles} cells={cells} letters={letters} />
      </svg>
      <figcaption className="mt-2 max-w-[22rem] text-xs text-dim">{captionOf(circles.length, exact)}</figcaption>
    </figure>
  );
}

function captionOf(count: number, exact: boolean): string {
  if (count === 2) return "Areas are in proportion to bytes.";
  return exact
    ? "Areas of circles, and of each overlap of two, are in proportion to bytes. The middle is not: its figure is true."
    : "No three circles have these overlaps: only the areas of the circles are in proportion to bytes. The figures are true.";
}

function VennCircle({ circle: { x, y, radius }, place }: { circle: Circle; place: number }) {
  const at = { cx: x, cy: y, r: radius };
  return (
    <g>
      <circle {...at} fill={COLOURS[place]} fillOpacity="0.55" stroke="var(--ink-dim)" strokeWidth="1" />
      <circle {...at} fill={LINES[place]} />
    </g>
  );
}

interface FiguresProps {
  readonly circles: readonly Circle[];
  readonly cells: readonly OverlapCell[];
  readonly letters: readonly string[];
}

function Figures({ circles, cells, letters }: FiguresProps) {
  const union = cells.reduce((sum, { bytes }) => sum + bytes, 0);
  return cells
    .filter(
      ({ in: held, bytes }) => bytes >= LEAST_SHARE * union && (held.length === 1 || held.length === circles.length),
    )
    .map(({ in: held, bytes }) => {
      const { x, y } = held.length === 1 ? outerPoint(circles, held[0]!) : middlePoint(circles, held);
      const who = held.length === circles.length ? "" : held.map((i) => letters[i]).join("");
      return (
        <text key={held.join(".")} x={x} y={y} textAnchor="middle" fontSize="12" className="fill-ink">
          {who === "" ? null : (
            <tspan x={x} dy="-0.2em" fontWeight="600">
              {who}
            </tspan>
          )}
          <tspan x={x} dy={who === "" ? "0.35em" : "1.25em"}>
            {formatBytes(bytes)}
          </tspan>
        </text>
      );
    });
}

/** Inside a circle, on the side away from the others. */
function outerPoint(circles: readonly Circle[], i: number): { x: number; y: number } {
  const own = circles[i]!;
  const others = circles.filter((_, j) => j !== i);
  const away = {
    x: own.x - others.reduce((sum, { x }) => sum + x, 0) / others.length,
    y: own.y - others.reduce((sum, { y }) => sum + y, 0) / others.length,
  };
  const length = Math.hypot(away.x, away.y) || 1;
  return { x: own.x + (0.55 * own.radius * away.x) / length, y: own.y + (0.55 * own.radius * away.y) / length };
}

/** The middle of what circles share: of each two, halfway between the near edges on the line through their centres. */
function middlePoint(circles: readonly Circle[], held: readonly number[]): { x: number; y: number } {
  const points = held.flatMap((i, at) => held.slice(at + 1).map((j) => lensMiddle(circles[i]!, circles[j]!)));
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
}

function lensMiddle(a: Circle, b: Circle): { x: number; y: number } {
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const along = (Math.max(-a.radius, distance - b.radius) + Math.min(a.radius, distance + b.radius)) / 2;
  return { x: a.x + (along * (b.x - a.x)) / distance, y: a.y + (along * (b.y - a.y)) / distance };
}
