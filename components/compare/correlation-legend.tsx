import type { ReactNode } from "react";

interface LegendProps {
  /** Kinds of band that the picture may hold. */
  readonly layers: boolean;
  readonly children?: ReactNode;
}

/** What the bands of a correlation mean, each with a piece of it. */
export function CorrelationLegend({ layers, children }: LegendProps) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1.5 text-xs text-dim">
      <Entry fill="var(--rock-2)" opacity={0.62}>
        {layers ? "same layer on the same layers: a disk keeps it once" : "same store item: kept once"}
      </Entry>
      {layers ? (
        <>
          <Entry fill="var(--rock-2)" opacity={0.1} dashed>
            same layer on other layers: a disk keeps it again
          </Entry>
          <Entry fill="url(#dots)" outlined>
            other layers, the same files
          </Entry>
          <Entry fill="url(#hatch)">wasted: no container sees it</Entry>
        </>
      ) : null}
      {children}
    </ul>
  );
}

interface EntryProps {
  readonly fill: string;
  readonly opacity?: number;
  readonly dashed?: boolean;
  readonly outlined?: boolean;
  readonly children: ReactNode;
}

function Entry({ fill, opacity = 1, dashed = false, outlined = false, children }: EntryProps) {
  return (
    <li className="inline-flex items-center gap-2">
      <svg width="26" height="12" aria-hidden="true" className="shrink-0">
        <rect
          x="0.5"
          y="0.5"
          width="25"
          height="11"
          fill={fill}
          fillOpacity={opacity}
          stroke={dashed ? "var(--ink-dim)" : outlined ? "var(--line-strong)" : "none"}
          strokeDasharray={dashed ? "4 3" : undefined}
        />
      </svg>
      {children}
    </li>
  );
}
