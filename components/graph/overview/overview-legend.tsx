import type { ReactNode } from "react";
import { KindLabel } from "#components/ui/marks.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { EvidenceName } from "#lib/model/overview.ts";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import type { FilterChoices } from "#lib/views/graph.ts";
import { EVIDENCE_LINES, EvidenceMark } from "../evidence.tsx";
import type { GraphState } from "../graph-address.ts";
import { layerTint } from "./overview-box.tsx";

interface OverviewLegendProps {
  readonly placed: PlacedOverview;
  readonly unit: MeasureUnit;
  readonly choices: FilterChoices | undefined;
  readonly colour: GraphState["colour"];
  /** Of a drawing of two artifacts. */
  readonly sides?: ReactNode;
  /** Zoom, and what is at the right. */
  readonly children: ReactNode;
}

/** What the drawing means: the direction first. */
export function OverviewLegend({ placed, unit, choices, colour, sides, children }: OverviewLegendProps) {
  const full = unit === "bytes" ? formatBytes(placed.fullBar) : formatCounted(placed.fullBar, "component");
  const follows = placed.edges.some(({ drawn }) => drawn === "follows");
  const hidden = !placed.small && placed.boxes.some((box) => box.hidden > 0);
  return (
    <div className="flex min-h-12.5 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-1 text-xs text-dim">
      <span className="text-ink">{placed.turned ? "Above needs below" : "Left needs right"}</span>
      <LargeSign placed={placed} unit={unit} />
      {sides}
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="flex h-2 w-10 overflow-hidden rounded-[1px] border border-line">
          <span className="w-3/5" style={{ background: "var(--size-self)" }} />
          <span className="w-1/4" style={{ background: "var(--size-kept)" }} />
        </span>
        {sides === undefined ? "itself, it alone keeps" : "changed itself, changes below it"}; full bar {full}
      </span>
      <span className="contents max-sm:hidden">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-3 w-5 rounded-[2px] border-[1.5px] border-ink" /> root
        </span>
        <span data-tip="All lines to one node join: one line per target. The thicker, the more need it.">
          thicker: more need it
        </span>
        <Evidence known={choices?.evidence ?? []} />
        {placed.bows.length === 0 ? null : (
          <span className="flex items-center gap-1.5">
            <svg aria-hidden width="9" height="14">
              <path d="M1 1c9 0 9 12 0 12" fill="none" stroke="var(--warn)" strokeWidth="1.8" />
            </svg>
            need each other
          </span>
        )}
        {follows ? (
          <span className="flex items-center gap-1.5">
            <svg aria-hidden width="22" height="4">
              <path d="M0 2h22" stroke="var(--accent)" strokeWidth="1.5" strokeDasharray="1.5 2.5" />
            </svg>
            follows from others
          </span>
        ) : null}
        {hidden ? (
          <span data-tip="The number at a box’s corner: references that are not drawn.">corner: not drawn</span>
        ) : null}
        {placed.suffix === "" ? null : <span data-tip="All names end with it.">“{placed.suffix}” left off</span>}
      </span>
      {colour === "kind" ? choices?.kinds.map(({ kind }) => <KindLabel key={kind} kind={kind} />) : null}
      {colour === "layer"
        ? [...(choices?.layers.keys() ?? [])].map((layer) => <LayerLabel key={layer} layer={layer} />)
        : null}
      {children}
    </div>
  );
}

/** From which size on a box stands out. */
function LargeSign({ placed: { largeFrom, boxes }, unit }: Pick<OverviewLegendProps, "placed" | "unit">) {
  if (boxes.every(({ large }) => large)) return null;
  const least = unit === "bytes" ? formatBytes(largeFrom) : formatCounted(largeFrom, "component");
  return (
    <span
      className="flex items-center gap-1.5"
      data-tip="A quarter of the largest drawn one, or more. Dark lines lead to them."
    >
      <span aria-hidden className="overview-large-sign h-3 w-5 rounded-[2px] border border-line-strong" /> {least} or
      more
    </span>
  );
}

function Evidence({ known }: { known: readonly EvidenceName[] }) {
  if (known.length > 1) return known.map((name) => <EvidenceMark key={name} known={name} />);
  return known.map((name) => (
    <span key={name} data-tip={EVIDENCE_LINES[name].tip}>
      all {EVIDENCE_LINES[name].label}
    </span>
  ));
}

const MAX_LAYERS = 24;

function LayerLabel({ layer }: { layer: number }) {
  if (layer >= MAX_LAYERS) return null;
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className="kind-mark" style={{ background: layerTint(layer) }} />
      layer {layer}
    </span>
  );
}
