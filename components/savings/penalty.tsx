import { LayerCommand } from "#components/artifact/layer-command.tsx";
import { RowCorrelation } from "#components/correlation/row-correlation.tsx";
import { DataTable, shown } from "#components/ui/data-table.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { layerColour } from "#lib/display/colours.ts";
import { PENALISED_COLUMNS } from "#lib/exports/tables/savings.ts";
import type { PenalisedLayer, SavingsAnswer } from "#lib/model/answer.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";

interface PenaltyProps {
  readonly answer: SavingsAnswer;
  readonly names: readonly string[];
}

const SHOWN = 20;

/** The cost of different layer orders: a sentence, and the layers that cause it. */
export function Penalty({ answer, names }: PenaltyProps) {
  const { orderPenalty, penalisedLayers, artifacts } = answer;
  if (artifacts.every(({ kind }) => kind === "closure"))
    return (
      <p className="text-[0.8125rem] text-dim">Not applicable: a store has no layers, and stores each item once.</p>
    );
  if (orderPenalty === null)
    return (
      <p className="text-[0.8125rem] text-dim">Not known: the download size of an artifact of this set is not known.</p>
    );
  if (orderPenalty === 0)
    return (
      <p className="text-[0.8125rem] text-dim">
        None: every shared layer has the same base in all images, so a disk stores each layer once.
      </p>
    );
  return (
    <>
      <p className="mb-5 max-w-3xl">
        A disk stores <strong className="font-medium">{formatBytes(orderPenalty)}</strong> more than a registry, because{" "}
        {penalisedLayers.length === 1 ? "one layer is" : `${formatCounted(penalisedLayers.length, "layer")} are`} on
        different bases in different images: the same bytes, but a different ChainID, and therefore another copy.
      </p>
      <RowCorrelation answer={answer} names={names} />
      <div className="mt-6">
        <PenalisedTable answer={answer} names={names} />
      </div>
    </>
  );
}

const { diffId, size, extraBytes } = PENALISED_COLUMNS;

function PenalisedTable({ answer: { penalisedLayers, artifacts }, names }: PenaltyProps) {
  return (
    <DataTable
      label="Layers that cause the order penalty"
      rows={penalisedLayers}
      keyOf={(layer) => layer.diffId}
      limit={SHOWN}
      rest={(count, hidden) => {
        const again = hidden.reduce((sum, layer) => sum + layer.extraBytes, 0);
        return `${formatCounted(count, "more layer")}, stored again: ${formatBytes(again)}`;
      }}
      columns={[
        shown(diffId, {
          className: "max-w-0 min-w-40 sm:w-[40%]",
          cell: (layer) => (
            <LayerCommand made={madeBy(layer, artifacts)} colour={layerColour(layer.diffId)}>
              <Digest value={layer.diffId} what="DiffID" />
            </LayerCommand>
          ),
        }),
        shown(size),
        shown(extraBytes),
        {
          name: "Positions",
          from: "sm",
          className: "text-dim",
          cell: ({ places }) =>
            places.map(({ artifact, position }, i) => (
              <span key={`${artifact} ${position}`}>
                {i > 0 ? ", " : ""}
                <Visible text={names[artifact]!} /> at {position}
              </span>
            )),
        },
      ]}
    />
  );
}

function madeBy({ places }: PenalisedLayer, artifacts: SavingsAnswer["artifacts"]): string {
  const [place] = places;
  return place === undefined ? "" : tidyCreatedBy(artifacts[place.artifact]?.layers[place.position]?.createdBy ?? "");
}
