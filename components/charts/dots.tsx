const STEP = 18;
const RADIUS = 5;
const HEIGHT = 22;

interface DotsProps {
  /** Positions of the participating sets, ascending. */
  readonly held: readonly number[];
  readonly count: number;
}

/** One row of an UpSet plot: one dot per set, filled if it takes part, and a line from the first of these to the last. */
export function Dots({ held, count }: DotsProps) {
  const centre = (i: number) => i * STEP + STEP / 2;
  const [first, last] = [held[0], held.at(-1)];
  return (
    <svg width={count * STEP} height={HEIGHT} aria-hidden="true" className="block">
      {Array.from({ length: count }, (_, i) => (
        <circle
          key={`dot ${centre(i)}`}
          cx={centre(i)}
          cy={HEIGHT / 2}
          r={held.includes(i) ? RADIUS : RADIUS - 1.5}
          fill={held.includes(i) ? "var(--ink)" : "var(--line)"}
        />
      ))}
      {first === undefined || last === undefined || first === last ? null : (
        <line
          x1={centre(first)}
          x2={centre(last)}
          y1={HEIGHT / 2}
          y2={HEIGHT / 2}
          stroke="var(--ink)"
          strokeWidth="2"
        />
      )}
    </svg>
  );
}

/** The width of one set's column, in pixels, which headings rely on. */
export const DOT_STEP = STEP;
