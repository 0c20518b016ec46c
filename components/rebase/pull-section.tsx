import type { ReactNode } from "react";
import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { lineageName } from "#lib/display/lineage-words.ts";
import { PULL_COLUMNS } from "#lib/exports/tables/rebase-pulls.ts";
import type { PullHost, PullRow, RebasePlan } from "#lib/model/rebase-plan.ts";
import type { RebaseView } from "#lib/views/rebase.ts";
import { REBASE_PATH, type RebaseParams, rebaseAddress } from "./rebase-address.ts";

interface PullSectionProps {
  readonly view: RebaseView;
  readonly params: RebaseParams;
}

/** What is downloaded by what a host has already. */
export function PullSection({ view: { plan, pulls, answer }, params }: PullSectionProps) {
  const hasMerge = answer?.layers.some(({ origin }) => origin === "merge") ?? true;
  const columns: ShownColumn<PullRow>[] = [
    shown<PullRow>(PULL_COLUMNS.host, { cell: ({ host }) => hostWords(host, plan) }),
    shown<PullRow>(PULL_COLUMNS.rebased, {
      cell: ({ rebased }) => (rebased === null ? <None /> : <Bytes value={rebased} estimated={hasMerge} />),
    }),
    ...(plan.rebuilt === null ? [] : [shown<PullRow>(PULL_COLUMNS.rebuilt)]),
  ];
  return (
    <section aria-labelledby="pulls">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="pulls" className="text-base font-medium tracking-tight">
          Bytes to pull
        </h2>
        <span className="text-[0.8125rem]">
          <CsvLink href={rebaseAddress.format(`${REBASE_PATH}/pulls.csv`, params)} />
        </span>
      </div>
      <DataTable label="Bytes to pull" columns={columns} rows={pulls} keyOf={({ host }) => host} />
      <p className="mt-2 text-xs text-dim">{noteWords(hasMerge, answer === undefined)}</p>
    </section>
  );
}

function hostWords(host: PullHost, { image, to }: RebasePlan): ReactNode {
  if (host === "nothing") return "nothing";
  if (host === "image") return <Visible text={lineageName(image)} className="break-words" />;
  return (
    <span className="break-words">
      <Visible text={lineageName(image)} /> and <Visible text={lineageName(to)} />
      {host === "store" ? <span className="text-dim"> (a registry, to store)</span> : null}
    </span>
  );
}

function noteWords(hasMerge: boolean, isUnknown: boolean): string {
  if (isUnknown) return "Most of it is the base. ≈ estimated without a merge layer, which is not known yet.";
  return hasMerge
    ? "Most of it is the base. ≈ estimated: the merge layer is not written yet."
    : "Most of it is the base.";
}
