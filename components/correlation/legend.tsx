import type { ReactNode } from "react";

interface LegendProps {
  /** Whether images take part, and whether closures do: what bands there may be. */
  readonly layers: boolean;
  readonly items: boolean;
  /** Whether an image and a closure are joined by the files of both; a legend of layers says so already. */
  readonly files?: boolean;
}

/** What the bands of a correlation mean, each with a piece of it; in grey, for a band has the colour of what it joins. */
export function CorrelationLegend({ layers, items, files = false }: LegendProps) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1.5 text-xs text-dim">
      {layers ? (
        <>
          <Entry fill="var(--ink-dim)" opacity={0.45}>
            same layer on the same layers: a disk keeps it once
          </Entry>
          <Entry fill="var(--ink-dim)" opacity={0.08} dashed>
            same layer on other layers: a disk keeps it again
          </Entry>
          <Entry fill="url(#dots)" outlined>
            other layers, the same files
          </Entry>
          <Entry fill="var(--rock-unique)" over="url(#hatch)">
            wasted: no container sees it
          </Entry>
        </>
      ) : null}
      {files && !layers ? (
        <Entry fill="url(#dots)" outlined>
          a layer and a store, the same files
        </Entry>
      ) : null}
      {items ? (
        <Entry fill="var(--side-both)" opacity={0.62}>
          same store items: kept once
        </Entry>
      ) : null}
    </ul>
  );
}

interface EntryProps {
  readonly fill: string;
  /** A pattern over the fill. */
  readonly over?: string;
  readonly opacity?: number;
  readonly dashed?: boolean;
  readonly outlined?: boolean;
  readonly children: ReactNode;
}

function Entry({ fill, over, opacity = 1, dashed = false, outlined = false, children }: EntryProps) {
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
        {over === undefined ? null : <rect x="0.5" y="0.5" width="25" height="11" fill={over} />}
      </svg>
      {children}
    </li>
  );
}
