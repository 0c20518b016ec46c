import type { ReactNode } from "react";

interface LegendProps {
  /** Whether there are images and closures, and so which bands are possible. */
  readonly layers: boolean;
  readonly items: boolean;
  /** Whether an image and a closure are joined by their files; a legend of layers already says so. */
  readonly files?: boolean;
}

/** The meaning of a correlation's bands, each with a sample in grey: a band has the colour of what it joins. */
export function CorrelationLegend({ layers, items, files = false }: LegendProps) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1.5 text-xs text-dim">
      {layers ? (
        <>
          <Entry fill="var(--ink-dim)" opacity={0.45}>
            same layer, same base: stored once
          </Entry>
          <Entry fill="var(--ink-dim)" opacity={0.08} dashed>
            same layer, different base: stored again
          </Entry>
          <Entry fill="url(#dots)" outlined>
            different layers, same files
          </Entry>
          <Entry fill="var(--rock-unique)" over="url(#hatch)">
            wasted: no container sees it
          </Entry>
        </>
      ) : null}
      {files && !layers ? (
        <Entry fill="url(#dots)" outlined>
          layer and store: same files
        </Entry>
      ) : null}
      {items ? (
        <Entry fill="var(--side-both)" opacity={0.62}>
          same store items: stored once
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
