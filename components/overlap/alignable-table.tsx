import { Bytes } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Cell, CutRow, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { AlignableName, OverlapAnswer } from "#lib/model/answer.ts";
import { whoHolds } from "./upset.tsx";

interface AlignableTableProps {
  readonly alignable: readonly AlignableName[];
  /** Of all that there are, listed or not. */
  readonly total: OverlapAnswer["alignableTotal"];
  readonly names: readonly string[];
  readonly limit: number;
  readonly moreHref?: string | undefined;
}

/** Names at several versions or hashes over the set, and what aligning each to one would save. */
export function AlignableTable({ alignable, total, names, limit, moreHref }: AlignableTableProps) {
  const shown = alignable.slice(0, limit);
  const cut = total.names - shown.length;
  return (
    <TableFrame label="Names at several versions">
      <thead>
        <tr>
          <Heading>Name</Heading>
          <Heading>Versions, and who has them</Heading>
          <Heading align="right">
            <MeasureLabel name="aligned" />
          </Heading>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={`${row.kind} ${row.name}`} className="align-top hover:bg-shade">
            <Cell className="pt-2 pb-1.5 whitespace-nowrap">
              <span className="flex items-center gap-2">
                <KindMark kind={row.kind} />
                <Visible text={row.name} />
              </span>
            </Cell>
            <Cell className="w-full py-1.5">
              <Versions row={row} names={names} />
            </Cell>
            <Cell align="right" className="pt-2 pb-1.5">
              <Bytes value={row.savedBytes} />
            </Cell>
          </tr>
        ))}
        {cut > 0 ? (
          <CutRow columns={3} href={alignable.length > limit ? moreHref : undefined}>
            {formatCounted(cut, "more name")}, saving{" "}
            {formatBytes(shown.reduce((rest, row) => rest - row.savedBytes, total.savedBytes))}
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

function Versions({ row, names }: { row: AlignableName; names: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-0.5">
      {row.variants.map(({ version, bytes, in: held }) => (
        <li key={`${version} ${held.join(".")}`} data-tip={labelText(held.map((i) => names[i]!).join(", "))}>
          <Visible text={version === "" ? "another hash" : version} />{" "}
          <span className="text-xs text-dim">
            <Visible text={whoHolds(held, names)} />, {formatBytes(bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}
