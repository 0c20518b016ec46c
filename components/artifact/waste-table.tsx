import type { ReactNode } from "react";
import { shown } from "#components/ui/data-table.tsx";
import { PathTable } from "#components/ui/path-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { WASTE_COLUMNS } from "#lib/exports/tables/closure.ts";
import type { WastedList } from "#lib/views/artifact.ts";

interface WasteProps {
  readonly wasted: WastedList;
  readonly moreHref?: string | undefined;
  readonly tools?: ReactNode;
}

/** The files that the image contains and no container sees. */
export function Waste({ wasted, moreHref, tools }: WasteProps) {
  const { count, bytes } = wasted;
  if (count === 0)
    return (
      <Section id="waste" title="Waste">
        <p className="text-[0.8125rem] text-dim">No wasted space.</p>
      </Section>
    );
  return (
    <Section id="waste" title="Waste" note={`${formatCounted(count, "file")}, ${formatBytes(bytes)}`} tools={tools}>
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
    </Section>
  );
}

export function LayerLink({ position }: { position: number }) {
  return (
    <a href={`#layer-${position}`} className="quiet-link tabular-nums">
      {position}
    </a>
  );
}
