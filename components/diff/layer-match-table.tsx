import { LayerCommand } from "#components/artifact/layer-command.tsx";
import { DataTable, shown } from "#components/ui/data-table.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { SideMark } from "#components/ui/marks.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { layerColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { LAYER_CHANGE_COLUMNS, LAYER_CHANGE_WORDS } from "#lib/exports/tables/diff.ts";
import type { DiffAnswer, LayerChange } from "#lib/model/answer.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";

const { match, left, right, contentSize, diffId } = LAYER_CHANGE_COLUMNS;

/** Maximum number of listed layers. Two images of ordinary size have fewer; the CSV has all. */
const MAX_ROWS = 80;

/** The layers of both images: the common prefix, equal layers elsewhere, and layers of one side. Newest on top, as in the picture. */
export function LayerMatchTable({ answer }: { answer: Pick<DiffAnswer, "artifacts" | "layers"> }) {
  return (
    <DataTable
      label="Layers of both images"
      rows={sortLayers(answer.layers)}
      keyOf={({ left: lower, right: upper }) => `${lower} ${upper}`}
      limit={MAX_ROWS}
      rest={(count) => `${formatCounted(count, "more layer")} not listed`}
      columns={[
        shown(match, { className: "whitespace-nowrap", cell: ({ change }) => <Match change={change} /> }),
        shown(left, { className: "text-dim", cell: (row) => row.left ?? "" }),
        shown(right, { className: "text-dim", cell: (row) => row.right ?? "" }),
        shown(contentSize),
        {
          name: "Made by",
          from: "sm",
          className: "max-w-0 sm:w-[55%]",
          cell: (row) => <MadeBy row={row} artifacts={answer.artifacts} />,
        },
        shown(diffId, {
          from: "lg",
          right: true,
          className: "w-28",
          cell: (row) => <Digest value={row.diffId} what="DiffID" />,
        }),
      ]}
    />
  );
}

function Match({ change }: Pick<LayerChange, "change">) {
  return (
    <span className="inline-flex items-center gap-2">
      <SideMark side={SIDE_OF_CHANGE[change]} />
      {LAYER_CHANGE_WORDS[change]}
    </span>
  );
}

/** Highest first: layers of one side, then those in another position, then the common prefix at the bottom. */
function sortLayers(layers: readonly LayerChange[]): LayerChange[] {
  const rank = { added: 0, removed: 0, moved: 1, same: 2 };
  return layers.toSorted((a, b) => rank[a.change] - rank[b.change] || heightOf(b) - heightOf(a));
}

function heightOf(row: LayerChange): number {
  return Math.max(row.left ?? -1, row.right ?? -1);
}

function MadeBy({ row, artifacts: [first, second] }: { row: LayerChange } & Pick<DiffAnswer, "artifacts">) {
  const { left: lower, right: upper } = row;
  const made = tidyCreatedBy((lower === null ? second.layers[upper!] : first.layers[lower])?.createdBy ?? "");
  const colour = lower === null || upper === null ? uniqueLayerColour(heightOf(row)) : layerColour(row.diffId);
  return <LayerCommand made={made} colour={colour} />;
}
