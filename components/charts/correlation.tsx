import {
  clearOf,
  type Join,
  type JoinKind,
  joinPath,
  type LikeBand,
  layCorrelation,
  type PlacedColumn,
} from "./correlation-geometry.ts";

/** One stratum as it is drawn. Sizes in bytes. */
export interface DrawnStratum {
  readonly key: string;
  readonly place: string;
  readonly bytes: number;
  /** Of those, bytes that nobody sees: hatched. */
  readonly wasted: number;
  readonly colour: string;
  readonly title: string;
}

export interface DrawnColumn {
  readonly bytes: number;
  /** The lowest first. */
  readonly strata: readonly DrawnStratum[];
}

interface CorrelationProps {
  readonly columns: readonly DrawnColumn[];
  readonly likeness: readonly LikeBand[];
  readonly height: number;
  /** Room at either side of the outer columns, in column widths. */
  readonly margin: number;
  readonly label: string;
}

const COLUMN = 100;
const GAP = 130;
const LEAST_STRATUM = 2;
/** A band thinner than this is drawn as a line of this thickness: what is shared must be seen. */
const THIN = 1.5;
/** How strongly a band shows that passes behind columns which have no part in it. */
const BEHIND = 0.4;
/** Ground left around a column that a band passes: what runs on behind it does not touch it, and so is seen not to be its. */
const CLEAR = 18;

/** Where column i begins and how wide the whole is, in the picture's own units. */
export function columnPlaces(count: number, margin: number): { left: (column: number) => number; width: number } {
  const edge = margin * COLUMN;
  return { left: (column) => edge + column * (COLUMN + GAP), width: 2 * edge + count * COLUMN + (count - 1) * GAP };
}

/**
 * Columns of strata with bands joining what is the same: the picture of a comparison. Solid: the same layers in the same
 * place, which a disk shares. Dashed: equal layers elsewhere, which it does not. Dotted: other layers with files in common.
 * Stretches to the width it is given; holds no text.
 */
export function Correlation({ columns, likeness, height, margin, label }: CorrelationProps) {
  const { columns: placed, joins } = layCorrelation({ columns, likeness, height, minimum: LEAST_STRATUM });
  const { left, width } = columnPlaces(columns.length, margin);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      {[...Map.groupBy(joins.filter(isPassing), ({ from, to }) => `${from.column} ${to.column}`)].map(
        ([way, bands]) => (
          <Passing key={way} bands={bands} columns={columns} placed={placed} picture={{ left, height }} />
        ),
      )}
      {joins
        .filter((join) => !isPassing(join))
        .map((join) => (
          <Band key={nameOf(join)} join={join} columns={columns} left={left} />
        ))}
      {columns.map((column, i) => (
        <Column key={`${left(i)}`} column={column} placed={placed[i]!} x={left(i)} />
      ))}
    </svg>
  );
}

function isPassing({ from, to }: Join): boolean {
  return to.column - from.column > 1;
}

function nameOf({ kind, from, to }: Join): string {
  return `${kind} ${from.column}.${from.stratum} ${to.column}.${to.stratum}`;
}

interface PassingProps {
  /** All between the same two columns. */
  readonly bands: readonly Join[];
  readonly columns: readonly DrawnColumn[];
  readonly placed: readonly PlacedColumn[];
  readonly picture: { readonly left: (column: number) => number; readonly height: number };
}

/** Bands that pass columns with no part in them: drawn only where they are clear of those. */
function Passing({ bands, columns, placed, picture: { left, height } }: PassingProps) {
  const { from, to } = bands[0]!;
  const passed = placed.slice(from.column + 1, to.column).map(({ top }, i) => {
    const x = left(from.column + 1 + i);
    return { left: x - CLEAR, right: x + COLUMN + CLEAR, top: top - CLEAR / 2 };
  });
  return clearOf({ from: left(from.column) + COLUMN, to: left(to.column), height, passed }).map((window) => (
    <svg
      key={`${window.x} ${window.y}`}
      {...window}
      viewBox={`${window.x} ${window.y} ${window.width} ${window.height}`}
      preserveAspectRatio="none"
      opacity={BEHIND}
      aria-hidden="true"
    >
      {bands.map((join) => (
        <Band key={nameOf(join)} join={join} columns={columns} left={left} />
      ))}
    </svg>
  ));
}

interface BandProps {
  readonly join: Join;
  readonly columns: readonly DrawnColumn[];
  readonly left: (column: number) => number;
}

function Band({ join: { kind, from, to }, columns, left }: BandProps) {
  const { colour, key } = columns[from.column]!.strata[from.stratum]!;
  const path = joinPath({ from: thicken(from), to: thicken(to) }, left(from.column) + COLUMN, left(to.column));
  return <path d={path} data-twin={kind === "like" ? undefined : key} {...JOIN_LOOKS[kind](colour)} />;
}

function thicken<End extends { top: number; bottom: number }>(end: End): End {
  const missing = Math.max(0, THIN - (end.bottom - end.top));
  return { ...end, top: end.top - missing / 2, bottom: end.bottom + missing / 2 };
}

const JOIN_LOOKS: Readonly<Record<JoinKind, (colour: string) => React.SVGProps<SVGPathElement>>> = {
  chain: (colour) => ({ fill: colour, fillOpacity: 0.62 }),
  moved: (colour) => ({
    fill: colour,
    fillOpacity: 0.1,
    stroke: "var(--ink-dim)",
    strokeWidth: 1,
    strokeDasharray: "4 3",
    vectorEffect: "non-scaling-stroke",
  }),
  like: () => ({
    fill: "url(#dots)",
    stroke: "var(--line-strong)",
    strokeWidth: 0.5,
    vectorEffect: "non-scaling-stroke",
  }),
};

function Column({ column, placed, x }: { column: DrawnColumn; placed: PlacedColumn; x: number }) {
  return column.strata.map(({ key, place, bytes, wasted, colour, title }, i) => {
    const { top, height } = placed.bands[i]!;
    if (height === 0) return null;
    const hidden = bytes === 0 ? 0 : (COLUMN * wasted) / bytes;
    return (
      // A place is one's own: an image may hold a layer twice, but never twice on the same layers.
      <g key={place} data-twin={key} data-tip={title}>
        <rect x={x} y={top} width={COLUMN} height={height} fill={colour} />
        {hidden >= 0.5 ? (
          <rect x={x + COLUMN - hidden} y={top} width={hidden} height={height} fill="url(#hatch)" />
        ) : null}
        {i > 0 ? (
          <line
            x1={x}
            x2={x + COLUMN}
            y1={top + height}
            y2={top + height}
            stroke="var(--ground)"
            strokeWidth={height > 3 ? 1 : 0.5}
            vectorEffect="non-scaling-stroke"
          />
        ) : null}
      </g>
    );
  });
}

/** The patterns that only pictures of several artifacts need; once a page. */
export function ComparePatterns() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill="var(--side-both)" fillOpacity="0.25" />
          <circle cx="1.5" cy="1.5" r="0.9" fill="var(--ink-dim)" fillOpacity="0.75" />
          <circle cx="4.5" cy="4.5" r="0.9" fill="var(--ink-dim)" fillOpacity="0.75" />
        </pattern>
        <pattern id="left-lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="1" height="6" fill="var(--on-kind)" fillOpacity="0.35" />
        </pattern>
        <pattern id="right-lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1" height="6" fill="var(--on-kind)" fillOpacity="0.35" />
        </pattern>
        <pattern id="changed-dots" width="6" height="6" patternUnits="userSpaceOnUse">
          <circle cx="3" cy="3" r="1" fill="var(--on-kind)" fillOpacity="0.4" />
        </pattern>
      </defs>
    </svg>
  );
}
