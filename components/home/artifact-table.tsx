import Link from "next/link";
import { Thumbnail } from "#components/charts/thumbnail.tsx";
import { Bytes, Count } from "#components/ui/bytes.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { OtherNames } from "#components/ui/other-names.tsx";
import type { SortLink } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted, formatShare } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import { ARTIFACT_COLUMNS } from "#lib/exports/tables/artifacts.ts";
import type { ArtifactCard, ArtifactSort } from "#lib/views/home.ts";

interface ArtifactTableProps {
  readonly artifacts: readonly ArtifactCard[];
  readonly matching: number;
  readonly sortBy: (sort: ArtifactSort) => SortLink;
  readonly moreHref: string | undefined;
  /** Milliseconds since the epoch: when the page was made. */
  readonly now: number;
}

const { name, downloadSize, wastedSize, layers, nodes, scannedAt, digest } = ARTIFACT_COLUMNS;

/** What is here, a row an artifact. */
export function ArtifactTable({ artifacts, matching, sortBy, moreHref, now }: ArtifactTableProps) {
  const cut = matching - artifacts.length;
  const columns: ShownColumn<ArtifactCard>[] = [
    shown<ArtifactCard>(name, { sort: sortBy("name"), cell: (artifact) => <Name artifact={artifact} /> }),
    {
      name: "Size",
      measure: "layersContentSize",
      right: true,
      sort: sortBy("bytes"),
      cell: ({ kind, layersContentSize, closureSize }) => (
        <Bytes value={kind === "image" ? layersContentSize : closureSize} />
      ),
    },
    shown<ArtifactCard>(downloadSize, { sort: sortBy("download"), from: "lg" }),
    shown<ArtifactCard>(wastedSize, {
      sort: sortBy("wasted"),
      cell: ({ kind, wastedSize: bytes, layersContentSize }) =>
        kind === "image" ? <Wasted bytes={bytes} of={layersContentSize} /> : <None />,
    }),
    shown<ArtifactCard>(layers, {
      sort: sortBy("layers"),
      from: "md",
      cell: ({ kind, layerCount }) => (kind === "image" ? <Count value={layerCount} /> : <None />),
    }),
    shown<ArtifactCard>(nodes, { sort: sortBy("nodes"), from: "md" }),
    shown<ArtifactCard>(scannedAt, {
      right: true,
      sort: sortBy("scanned"),
      from: "sm",
      className: "text-dim",
      cell: (artifact) => <Scanned at={artifact.scannedAt} now={now} />,
    }),
    shown<ArtifactCard>(digest, { right: true, from: "lg" }),
  ];
  return (
    <DataTable
      label="Images and closures"
      rows={artifacts}
      keyOf={({ id }) => id}
      cut={cut > 0 ? `${formatCounted(cut, "more artifact")} not shown` : null}
      moreHref={moreHref}
      columns={columns}
    />
  );
}

function Name({ artifact }: { artifact: ArtifactCard }) {
  return (
    <Link href={artifactPath(artifact.digest)} className="group flex items-center gap-3 py-1.5">
      <Thumbnail column={artifact.column} width={22} height={32} />
      <span className="min-w-0">
        <span className="block font-medium break-all group-hover:text-accent">
          <Visible text={artifact.name} />
          <OtherNames names={artifact.names.slice(1)} more={artifact.nameCount - artifact.names.length} />
        </span>
        <span className="block text-xs text-dim">
          {artifact.kind}
          {artifact.platform === "" ? null : (
            <>
              {" · "}
              <Visible text={artifact.platform} />
            </>
          )}
        </span>
      </span>
    </Link>
  );
}

function Scanned({ at, now }: { at: number; now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} data-tip={new Date(at).toUTCString()}>
      {relativeTime(at, now)}
    </time>
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
