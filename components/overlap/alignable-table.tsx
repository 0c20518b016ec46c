import { DataTable, shown } from "#components/ui/data-table.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { ALIGNABLE_COLUMNS, versionWords } from "#lib/exports/tables/overlap.ts";
import type { AlignableName, OverlapAnswer } from "#lib/model/answer.ts";
import { whoHolds } from "./upset.tsx";

interface AlignableTableProps {
  readonly answer: OverlapAnswer;
  readonly names: readonly string[];
  readonly limit: number;
  readonly moreHref?: string | undefined;
}

/** Names with several versions or hashes in the set, and the saving from aligning each to one. */
export function AlignableTable({ answer, names, limit, moreHref }: AlignableTableProps) {
  const { alignable, alignableTotal: total } = answer;
  if (alignable.length === 0)
    return <p className="text-[0.8125rem] text-dim">Every component has the same version in the whole set.</p>;
  const rest = alignable.slice(0, limit).reduce((bytes, row) => bytes - row.savedBytes, total.savedBytes);
  return (
    <DataTable
      label="Names with several versions"
      rows={alignable}
      keyOf={({ kind, name }) => `${kind} ${name}`}
      rowClass={() => "align-top hover:bg-shade"}
      limit={limit}
      total={total.names}
      rest={(count) => `${formatCounted(count, "more name")}, saving ${formatBytes(rest)}`}
      moreHref={alignable.length > limit ? moreHref : undefined}
      columns={[
        { name: "Name", className: "pt-2 pb-1.5 whitespace-nowrap", cell: (row) => <Name row={row} /> },
        {
          name: "Versions and their artifacts",
          className: "w-full py-1.5",
          cell: (row) => <Versions row={row} names={names} />,
        },
        shown(ALIGNABLE_COLUMNS.savedBytes, { className: "pt-2 pb-1.5" }),
      ]}
    />
  );
}

function Name({ row: { kind, name } }: { row: AlignableName }) {
  return (
    <span className="flex items-center gap-2">
      <KindMark kind={kind} />
      <Visible text={name} />
    </span>
  );
}

function Versions({ row, names }: { row: AlignableName; names: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-0.5">
      {row.variants.map(({ version, bytes, in: held }) => (
        <li key={`${version} ${held.join(".")}`} data-tip={labelText(held.map((i) => names[i]!).join(", "))}>
          <Visible text={versionWords(version)} />{" "}
          <span className="text-xs text-dim">
            <Visible text={whoHolds(held, names)} />, {formatBytes(bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}
