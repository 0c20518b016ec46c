import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, None, shown } from "#components/ui/data-table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { marginalColumns } from "#lib/exports/tables/savings.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";

/** The added cost of each artifact for a host with all the others, rung by rung; all bars of the table are on one scale. */
export function MarginalTable({ rungs, names }: Pick<SavingsAnswer, "rungs"> & { names: readonly string[] }) {
  const most = Math.max(1, ...rungs.flatMap(({ marginal }) => marginal.map((bytes) => bytes ?? 0)));
  return (
    <DataTable
      label="Added cost per artifact"
      rows={[...names.keys()]}
      keyOf={(artifact) => artifact}
      columns={[
        {
          name: "Artifact",
          className: "max-w-40 min-w-28 truncate sm:max-w-64",
          cell: (artifact) => <Visible text={names[artifact]!} />,
        },
        ...marginalColumns({ rungs }).map((column, i) =>
          shown(column, {
            measure: rungs[i]!.rung,
            className: "min-w-20",
            cell: (artifact) => <Added bytes={rungs[i]!.marginal[artifact]!} most={most} />,
          }),
        ),
      ]}
    />
  );
}

function Added({ bytes, most }: { bytes: number | null; most: number }) {
  if (bytes === null) return <None />;
  return (
    <>
      <Bytes value={bytes} />
      <span
        aria-hidden
        className="mt-0.5 ml-auto block h-0.5 bg-accent"
        style={{ width: `${(100 * bytes) / most}%` }}
      />
    </>
  );
}
