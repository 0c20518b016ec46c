import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { CutName } from "#components/ui/cut-name.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { PLAN_COLUMNS } from "#lib/exports/tables/lineage.ts";
import type { PlannedImage } from "#lib/model/lineage.ts";

interface PlanTableProps {
  readonly label: string;
  readonly plan: readonly PlannedImage[];
  readonly total: { readonly storeBytes: number | null; readonly pullBytes: number | null };
  /** Below the name of an image. */
  readonly note?: (image: PlannedImage) => string;
  /** The page of its rebase, if its new base is there. */
  readonly rebaseHref?: (image: PlannedImage) => string | undefined;
  /** Rows listed. */
  readonly limit: number;
  readonly moreHref: string | undefined;
}

const { wave, name, storeBytes, pullBytes } = PLAN_COLUMNS;

/** Images in the order in which they are built again. */
export function PlanTable({ label, plan, total, note, rebaseHref, limit, moreHref }: PlanTableProps) {
  const columns: ShownColumn<PlannedImage>[] = [
    shown<PlannedImage>(wave, { className: "w-12" }),
    shown<PlannedImage>(name, {
      className: "max-w-0 w-full min-w-28 py-1.5",
      cell: (image) => <ImageName image={image} note={note?.(image)} href={rebaseHref?.(image)} />,
    }),
    shown<PlannedImage>(storeBytes, { cell: (image) => <Estimate bytes={image.storeBytes} /> }),
    shown<PlannedImage>(pullBytes, { cell: (image) => <Estimate bytes={image.pullBytes} /> }),
  ];
  return (
    <>
      <DataTable
        label={label}
        rows={plan}
        keyOf={({ id }) => id}
        columns={columns}
        limit={limit}
        rest={(count) => formatCounted(count, "more image")}
        moreHref={moreHref}
      />
      <p className="mt-2 flex flex-wrap gap-x-4 text-[0.8125rem]">
        <span className="font-medium">In all</span>
        <span>
          stored again <Estimate bytes={total.storeBytes} />
        </span>
        <span>
          pulled by each host <Estimate bytes={total.pullBytes} />
        </span>
      </p>
    </>
  );
}

interface ImageNameProps {
  readonly image: PlannedImage;
  readonly note: string | undefined;
  readonly href: string | undefined;
}

function ImageName({ image: { id, name: called }, note, href }: ImageNameProps) {
  return (
    <>
      <Link href={artifactPath(id)} prefetch={false} className="block hover:text-accent">
        <CutName text={called} />
      </Link>
      {note === undefined ? null : (
        <span className="block text-xs break-words text-dim">
          <Visible text={note} />
          {href === undefined ? null : (
            <>
              {" · "}
              <Link href={href} prefetch={false} className="text-link">
                Rebase…<span className="sr-only"> {labelText(called)}</span>
              </Link>
            </>
          )}
        </span>
      )}
    </>
  );
}

function Estimate({ bytes }: { bytes: number | null }) {
  return bytes === null ? <None /> : <Bytes value={bytes} estimated />;
}
