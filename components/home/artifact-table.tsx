import Link from "next/link";
import { Ago, Bytes, Count } from "#components/ui/bytes.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { Linked } from "#components/ui/linked.tsx";
import { OtherNames } from "#components/ui/other-names.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { artifactKind } from "#lib/display/artifact-kind.ts";
import { formatBytes, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { ARTIFACT_COLUMNS, ARTIFACT_SIZE } from "#lib/exports/tables/artifacts.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { type BarAxis, barAxis } from "#lib/pictures/bar-axis.ts";
import type { ArtifactCard, ArtifactSort } from "#lib/views/home.ts";
import { ArtifactBar, BarLegend, type BarLooks, BarScale, barLooks } from "./artifact-bar.tsx";
import { SELECTED } from "./selected.ts";
import { Selection } from "./selection.tsx";

interface ArtifactTableProps {
  readonly artifacts: readonly ArtifactCard[];
  readonly matching: number;
  readonly sortBy: (sort: ArtifactSort) => SortLink;
  readonly moreHref: string | undefined;
  /** Milliseconds since the epoch: when the page was made. */
  readonly now: number;
}

const { name, downloadSize, wastedSize, layers, nodes, onlyHere, scannedAt } = ARTIFACT_COLUMNS;

/** What is here, a row an artifact. */
export function ArtifactTable({ artifacts, matching, sortBy, moreHref, now }: ArtifactTableProps) {
  const axis = barAxis(artifacts.map(({ column }) => column.bytes));
  const looks = barLooks(artifacts.map(({ column }) => column));
  const columns: ShownColumn<ArtifactCard>[] = [
    {
      name: "Selected",
      heading: <span className="sr-only">Selected</span>,
      className: "w-8",
      cell: (artifact) => <SelectBox artifact={artifact} />,
    },
    shown<ArtifactCard>(name, {
      sort: sortBy("name"),
      className: "max-w-0 min-w-36 lg:w-[24%]",
      cell: (artifact) => <Name artifact={artifact} axis={axis} looks={looks} />,
    }),
    {
      name: "Layers, base first",
      heading: <BarScale axis={axis} format={(bytes) => formatBytes(bytes).replace(".0 ", " ")} />,
      headingClass: "w-[24%] min-w-56",
      from: "lg",
      cell: ({ column }) => <ArtifactBar column={column} axis={axis} looks={looks} />,
    },
    shown<ArtifactCard>(ARTIFACT_SIZE, { sort: sortBy("bytes") }),
    shown<ArtifactCard>(downloadSize, { sort: sortBy("download"), from: "lg" }),
    shown<ArtifactCard>(wastedSize, {
      sort: sortBy("wasted"),
      cell: ({ kind, wastedSize: bytes, layersContentSize: whole }) =>
        kind !== "image" || bytes === undefined || whole === undefined ? <None /> : <Wasted bytes={bytes} of={whole} />,
    }),
    shown<ArtifactCard>(layers, {
      sort: sortBy("layers"),
      from: "md",
      cell: ({ kind, layerCount }) => (kind === "image" ? <Count value={layerCount} /> : <None />),
    }),
    shown<ArtifactCard>(nodes, {
      sort: sortBy("nodes"),
      from: "md",
      cell: ({ nodeCount, manifestOnly }) => (manifestOnly ? <None /> : <Count value={nodeCount} />),
    }),
    shown<ArtifactCard>(onlyHere, { from: "md" }),
    shown<ArtifactCard>(scannedAt, {
      right: true,
      sort: sortBy("scanned"),
      from: "sm",
      className: "text-dim",
      cell: (artifact) => <Ago at={artifact.scannedAt} now={now} />,
    }),
  ];
  return (
    <Selection>
      <Linked>
        <DataTable
          label="Images, closures and SBOMs"
          rows={artifacts}
          rowClass={() => "hover:bg-shade has-checked:bg-wash"}
          keyOf={({ id }) => id}
          total={matching}
          rest={(count) => `${formatCounted(count, "more artifact")} not shown`}
          moreHref={moreHref}
          columns={columns}
        />
      </Linked>
      <BarLegend
        isCut={artifacts.some(({ column }) => column.bytes > axis.end)}
        hasHollow={artifacts.some(({ manifestOnly }) => manifestOnly)}
      />
    </Selection>
  );
}

function SelectBox({ artifact: { digest, name: called, column, manifestOnly } }: { artifact: ArtifactCard }) {
  return (
    <input
      type="checkbox"
      name={SELECTED}
      value={shortDigest(digest)}
      data-bytes={manifestOnly || column.kind === "sbom" ? "unknown" : column.bytes}
      aria-label={`Select ${labelText(called)}`}
      className="block size-4 accent-accent"
    />
  );
}

function Name({ artifact, axis, looks }: { artifact: ArtifactCard; axis: BarAxis; looks: BarLooks }) {
  return (
    <Link href={artifactPath(artifact.digest)} className="group block py-1.5">
      <span className="block font-medium break-words group-hover:text-accent">
        <Visible text={artifact.name} />
        <OtherNames names={artifact.names.slice(1)} more={artifact.nameCount - artifact.names.length} />
      </span>
      <span className="block text-xs text-dim">
        {artifactKind(artifact)}
        {artifact.platform === "" ? null : (
          <>
            {" · "}
            <Visible text={artifact.platform} />
          </>
        )}
      </span>
      <span className="mt-1 block lg:hidden">
        <ArtifactBar column={artifact.column} axis={axis} looks={looks} />
      </span>
    </Link>
  );
}

function Wasted({ bytes, of }: { bytes: number; of: number }) {
  if (bytes === 0) return <span className="text-dim">none</span>;
  return (
    <>
      <Bytes value={bytes} />
      <span className="block text-xs text-dim">{formatShare(bytes, of)}</span>
    </>
  );
}
