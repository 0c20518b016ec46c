import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { REBASED_LAYER_COLUMNS } from "#lib/exports/tables/rebase.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import type { RebaseAnswer, RebasedLayer } from "#lib/model/rebase-answer.ts";
import { REBASE_PATH, type RebaseParams, rebaseAddress } from "./rebase-address.ts";

/** Layers listed: a manifest may have hundreds. */
const MAX_LAYERS = 24;

type NumberedLayer = RebasedLayer & { readonly position: number };

/** The layers of the image that would be written, the newest on top. */
export function WrittenSection({ answer, params }: { answer: RebaseAnswer; params: RebaseParams }) {
  const rows = answer.layers.map((layer, position) => ({ ...layer, position })).reverse();
  const columns: ShownColumn<NumberedLayer>[] = [
    { name: "Layer", right: true, className: "w-10", cell: ({ position }) => position },
    shown<NumberedLayer>(REBASED_LAYER_COLUMNS.createdBy, {
      className: "max-w-0 w-full min-w-24 truncate",
      cell: (layer) => <Visible text={layerWords(layer, answer)} />,
    }),
    shown<NumberedLayer>(REBASED_LAYER_COLUMNS.storedSize),
  ];
  return (
    <section aria-labelledby="written" className="mt-10">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="written" className="text-base font-medium tracking-tight">
          What would be written
        </h2>
        <span className="text-[0.8125rem]">
          <CsvLink href={rebaseAddress.format(`${REBASE_PATH}/layers.csv`, params)} />
        </span>
      </div>
      <DataTable
        label="Layers of the rebased image"
        columns={columns}
        rows={rows}
        keyOf={({ position }) => position}
        limit={MAX_LAYERS}
        rest={(count) => formatCounted(count, "more layer")}
      />
    </section>
  );
}

function layerWords({ origin, createdBy }: RebasedLayer, { merged, to }: RebaseAnswer): string {
  if (origin === "merge") return `merge layer: ${formatCounted(merged.length, "file")}`;
  const step = tidyCreatedBy(createdBy);
  return origin === "new base" ? `${to.name}: ${step}` : `${step}, unchanged`;
}
