interface LegendProps {
  /** Whether there are images and closures, and so which bands are possible. */
  readonly layers: boolean;
  readonly items: boolean;
  /** Whether an image and a closure are joined by their files; a legend of layers already says so. */
  readonly files?: boolean;
}

const DOTS = { fill: "url(#dots)", stroke: "var(--line-strong)" };
const DASHED = { stroke: "var(--ink-dim)", strokeDasharray: "4 3" };

/** Samples in grey, as attributes of a rectangle and a pattern over it. */
const OF_LAYERS = [
  { words: "same layer, same base: stored once", look: { fill: "var(--ink-dim)", fillOpacity: 0.45 } },
  { words: "same layer, different base: stored again", look: { fill: "var(--ink-dim)", fillOpacity: 0.08, ...DASHED } },
  { words: "different layers, same files", look: DOTS },
  { words: "wasted: no container sees it", look: { fill: "var(--rock-unique)" }, over: "url(#hatch)" },
];
const OF_FILES = [{ words: "layer and store: same files", look: DOTS }];
const OF_ITEMS = [{ words: "same store items: stored once", look: { fill: "var(--side-both)", fillOpacity: 0.62 } }];

/** The meaning of a correlation's bands: a band has the colour of what it joins. */
export function CorrelationLegend({ layers, items, files = false }: LegendProps) {
  const entries: typeof OF_LAYERS = [...(layers ? OF_LAYERS : files ? OF_FILES : []), ...(items ? OF_ITEMS : [])];
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1.5 text-xs text-dim">
      {entries.map(({ words, look, over }) => (
        <li key={words} className="inline-flex items-center gap-2">
          <svg width="26" height="12" aria-hidden="true" className="shrink-0">
            <rect x="0.5" y="0.5" width="25" height="11" {...look} />
            {over === undefined ? null : <rect x="0.5" y="0.5" width="25" height="11" fill={over} />}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}
