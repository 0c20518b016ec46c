import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, None, shown } from "#components/ui/data-table.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { formatChange } from "#lib/display/delta.ts";
import type { CsvValue } from "#lib/exports/csv.ts";
import { downloadColumns, rungColumns } from "#lib/exports/tables/savings.ts";
import type { RungFigure, SavingsAnswer } from "#lib/model/answer.ts";

/** Systems that store bytes once at each grain (MEASURES.md). */
const KEPT_BY: Readonly<Record<RungFigure["rung"], string>> = {
  unshared: "one disk image each",
  chain: "overlay2, containerd: layers on a disk",
  layer: "a registry: layers in any order",
  live: "layers without hidden files",
  package: "a Guix or Nix store, layers split by package",
  file: "composefs, ostree, zstd:chunked",
  chunk: "casync, attic, Nydus",
  blob: "a registry: blobs as they are",
};

/** The rungs with their bytes, and the savings of each against layers on a disk and in a registry. */
export function LadderTable({ rungs }: Pick<SavingsAnswer, "rungs">) {
  const { rung, bytes, againstChain, againstLayer, units } = rungColumns({ rungs });
  return (
    <DataTable
      label="The ladder"
      rows={rungs}
      keyOf={(row) => row.rung}
      columns={[
        shown(rung, {
          name: "Shared by",
          cell: (row) => <MeasureLabel name={row.rung}>{rungWord(row.rung)}</MeasureLabel>,
        }),
        { name: "Used by", from: "md", className: "text-dim", cell: (row) => KEPT_BY[row.rung] },
        shown(bytes, {
          cell: (row) => (row.bytes === null ? <None /> : <Bytes value={row.bytes} estimated={row.estimated} />),
        }),
        shown(againstChain, {
          ...against("chain"),
          cell: (row) => <Saving change={againstChain.value(row)} plain={row.rung === "unshared"} />,
        }),
        shown(againstLayer, {
          ...against("layer"),
          cell: (row) => (
            <Saving change={againstLayer.value(row)} plain={row.rung === "unshared" || row.rung === "chain"} />
          ),
        }),
        shown(units, { from: "sm" }),
      ]}
    />
  );
}

function rungWord(rung: string): string {
  return rung === "unshared" ? "nothing" : rung;
}

/** Only the rung's name in the heading is a link to its definition. */
function against(rung: "chain" | "layer") {
  const heading = (
    <>
      Against <MeasureLabel name={rung}>{rung}</MeasureLabel>
    </>
  );
  return { measure: undefined, heading };
}

interface SavingProps {
  /** Share by which it is more (or, below 0, less) than the compared rung; `null` if that is 0. */
  readonly change: CsvValue;
  /** True if more is expected: a coarser grain than the compared rung. */
  readonly plain: boolean;
}

function Saving({ change, plain }: SavingProps) {
  if (typeof change !== "number") return <None />;
  const look = change === 0 || (plain && change > 0) ? "text-dim" : change > 0 ? "text-warn" : "";
  return <span className={look}>{formatChange(change)}</span>;
}

/** The ladder of downloads. */
export function DownloadTable({ download }: Pick<SavingsAnswer, "download">) {
  const { rung, bytes, againstBlob } = downloadColumns({ download });
  return (
    <DataTable
      label="The ladder on the wire"
      rows={download}
      keyOf={(row) => row.rung}
      columns={[
        shown(rung, {
          name: "Shared by",
          cell: (row) => (
            <>
              {rungWord(row.rung)}{" "}
              <span className="text-xs text-dim">
                {row.bytes === null ? "not known" : row.estimated ? "estimated" : "measured"}
              </span>
            </>
          ),
        }),
        shown(bytes, {
          className: "whitespace-nowrap",
          cell: (row) => (row.bytes === null ? <None /> : <Bytes value={row.bytes} estimated={row.estimated} />),
        }),
        shown(againstBlob, {
          measure: undefined,
          cell: (row) => <Saving change={againstBlob.value(row)} plain={row.rung === "unshared"} />,
        }),
      ]}
    />
  );
}
