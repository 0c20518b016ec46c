import { LadderChart } from "#components/charts/ladder.tsx";
import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { listRelayerRungs, RELAYER_RUNG_COLUMNS, type RelayerRung } from "#lib/exports/tables/relayer.ts";
import type { RelayerAnswer } from "#lib/model/relayer-answer.ts";
import { type RelayerParams, type RUNG_SORTS, relayerCsvPath, relayerHref } from "./relayer-address.ts";

const LABELS: Readonly<Record<RelayerRung["rung"], string>> = {
  before: "layers today",
  after: "relayered",
  floor: "floor of layers",
  file: "single files",
};

const MEASURE_OF = { before: "layer", after: "layer", floor: "layerFloor", file: "file" } as const;

interface RungSectionProps {
  readonly answer: RelayerAnswer;
  readonly params: RelayerParams;
}

/** The ladder before and after: as a picture, and as a table. */
export function RungSection({ answer, params }: RungSectionProps) {
  const rungs = listRelayerRungs(answer);
  const { rows, sortBy } = sortColumns<RelayerRung, (typeof RUNG_SORTS)[number]>(
    RELAYER_RUNG_COLUMNS,
    rungs,
    { sort: params.rungsort, direction: params.rungdirection },
    (rungsort, rungdirection) => relayerHref(params, { rungsort, rungdirection }, "ladder"),
  );
  const { rung, bytes, layers, closed, shared } = RELAYER_RUNG_COLUMNS;
  const columns: ShownColumn<RelayerRung>[] = [
    shown<RelayerRung>(rung, {
      sort: sortBy("rung"),
      className: "whitespace-nowrap",
      cell: ({ rung: name }) => <MeasureLabel name={MEASURE_OF[name]}>{LABELS[name]}</MeasureLabel>,
    }),
    shown<RelayerRung>(bytes, { sort: sortBy("bytes") }),
    shown<RelayerRung>(layers, { sort: sortBy("layers") }),
    shown<RelayerRung>(closed, { sort: sortBy("closed"), className: "whitespace-nowrap" }),
    shown<RelayerRung>(shared, { sort: sortBy("shared"), className: "whitespace-nowrap", from: "sm" }),
  ];
  return (
    <Section id="ladder" title="The ladder" tools={<CsvLink href={relayerCsvPath("ladder", params)} />}>
      <LadderChart
        bars={rungs.map((each) => ({ rung: LABELS[each.rung], bytes: each.bytes, estimated: false }))}
        label="Bytes needed by layers today, by relayered images, by any layers at least, and by single files. The table below has the same data."
      />
      <div className="mt-4">
        <DataTable label="Bytes by rung" columns={columns} rows={rows} keyOf={(row) => row.rung} />
      </div>
    </Section>
  );
}
