import { shown } from "#components/ui/data-table.tsx";
import { PathTable } from "#components/ui/path-table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { WASTE_COLUMNS } from "#lib/exports/tables/closure.ts";
import type { WastedList } from "#lib/views/artifact.ts";

/** The largest bodies that the image ships and no container sees. */
export function WasteTable({ wasted, moreHref }: { wasted: WastedList; moreHref?: string | undefined }) {
  return (
    <PathTable
      label="Wasted bytes"
      {...wasted}
      keyOf={({ layer, path }) => `${layer} ${path}`}
      pathOf={({ path }) => <Visible text={`/${path}`} />}
      columns={[
        shown(WASTE_COLUMNS.layer, { cell: ({ layer }) => <LayerLink position={layer} /> }),
        shown(WASTE_COLUMNS.hiddenBy, { cell: ({ hiddenBy }) => <LayerLink position={hiddenBy} /> }),
      ]}
      moreHref={moreHref}
    />
  );
}

export function LayerLink({ position }: { position: number }) {
  return (
    <a href={`#layer-${position}`} className="quiet-link tabular-nums">
      {position}
    </a>
  );
}
