import { LadderChart } from "#components/charts/ladder.tsx";
import { CutName } from "#components/ui/cut-name.tsx";
import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { sumUpdates } from "#lib/display/relayer-words.ts";
import { RELAYER_UPDATE_COLUMNS } from "#lib/exports/tables/relayer.ts";
import type { RelayerAnswer, RelayerUpdate } from "#lib/model/relayer-answer.ts";
import { type RelayerParams, relayerCsvPath, relayerHref, type UPDATE_SORTS } from "./relayer-address.ts";

interface UpdateSectionProps {
  readonly answer: RelayerAnswer;
  readonly params: RelayerParams;
}

const WAYS = [
  ["built", "as built"],
  ["fresh", "new plans"],
  ["kept", "one plan kept"],
  ["files", "by file"],
] as const;

/** Bytes pulled update by update, and in sum as a picture; nothing without two versions. */
export function UpdateSection({ answer: { updates = [] }, params }: UpdateSectionProps) {
  if (updates.length === 0) return null;
  const sums = sumUpdates(updates);
  return (
    <Section
      id="updates"
      title="Update by update"
      note={formatCounted(updates.length, "update")}
      tools={<CsvLink href={relayerCsvPath("updates", params)} />}
    >
      <LadderChart
        bars={WAYS.map(([way, rung]) => ({ rung, bytes: sums[way], estimated: false }))}
        label="Bytes pulled by all updates together, as built, by new plans, by one plan kept and by file. The table below has each update."
      />
      <div className="mt-4">
        <UpdateTable updates={updates} params={params} />
      </div>
      <p className="mt-2 text-xs text-dim">
        Uncompressed bytes of files that a host with the previous version pulls. By file: only files that the previous
        version does not have with the same attributes. No layers can do better.
      </p>
    </Section>
  );
}

function UpdateTable({ updates, params }: { updates: readonly RelayerUpdate[]; params: RelayerParams }) {
  const { rows, sortBy } = sortColumns<RelayerUpdate & { readonly at: number }, (typeof UPDATE_SORTS)[number]>(
    RELAYER_UPDATE_COLUMNS,
    updates.map((update, at) => ({ ...update, at })),
    { sort: params.updatesort, direction: params.updatedirection },
    (updatesort, updatedirection) => relayerHref(params, { updatesort, updatedirection }, "updates"),
  );
  const { to, built, fresh, kept, files } = RELAYER_UPDATE_COLUMNS;
  const columns: ShownColumn<(typeof rows)[number]>[] = [
    shown(to, {
      sort: sortBy("to"),
      className: "max-w-0 w-full min-w-24 py-1",
      cell: (update) => <Versions update={update} />,
    }),
    shown(built, { sort: sortBy("built") }),
    shown(fresh, { sort: sortBy("fresh"), from: "sm" }),
    shown(kept, { sort: sortBy("kept") }),
    shown(files, { sort: sortBy("files"), from: "sm" }),
  ];
  return <DataTable label="Updates" columns={columns} rows={rows} keyOf={({ at }) => at} />;
}

function Versions({ update: { from, to } }: { update: RelayerUpdate }) {
  return (
    <>
      <CutName text={to} />
      <span className="flex gap-1 text-xs text-dim">
        from <CutName text={from} className="min-w-0" />
      </span>
    </>
  );
}
