import Link from "next/link";
import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { KindMark, SideMark } from "#components/ui/marks.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { componentFilesPath, whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { shortVersion } from "#lib/display/version-change.ts";
import type { ChangeSort } from "#lib/exports/component-changes.ts";
import { COMPONENT_COLUMNS, shownHash, versionOrHash } from "#lib/exports/tables/diff.ts";
import type { ArtifactLabel, ComponentChange } from "#lib/model/answer.ts";
import { commonUnit } from "#lib/model/measure-unit.ts";
import { DeltaBar, DeltaHeading, SideBytes } from "./figures.tsx";

interface ComponentChangeTableProps {
  readonly artifacts: readonly [ArtifactLabel, ArtifactLabel];
  /** In display order. */
  readonly rows: readonly ComponentChange[];
  readonly limit: number;
  /** Without them the headings are plain: a stored report has no URL to sort by. */
  readonly sortBy?: ((sort: ChangeSort) => SortLink) | undefined;
  readonly moreHref?: string | undefined;
  /** Whether rows link to the artifacts' pages, which a stored report may outlive. */
  readonly linked?: boolean;
}

const { name, leftVersion, rightVersion, leftBytes, rightBytes, delta } = COMPONENT_COLUMNS;

/** Components of both sides, one row each, with the change. */
export function ComponentChangeTable(props: ComponentChangeTableProps) {
  const { artifacts, rows, limit, sortBy, moreHref, linked = true } = props;
  const isSized = commonUnit(artifacts) === "bytes";
  const widest = Math.max(1, ...rows.slice(0, limit).map((row) => Math.abs(row.delta)));
  const versionOf = (row: ComponentChange, side: "left" | "right") => (
    <Version row={row} side={side} artifact={linked ? artifacts[side === "left" ? 0 : 1] : undefined} />
  );
  return (
    <DataTable
      label="Components on both sides"
      rows={rows}
      keyOf={({ left, right }) => `${left?.id ?? ""} ${right?.id ?? ""}`}
      empty="No component matches the filter."
      limit={limit}
      rest={(count, hidden) =>
        isSized
          ? `${formatCounted(count, "more component")}, together ${formatDelta(hidden.reduce((sum, row) => sum + row.delta, 0))}`
          : formatCounted(count, "more component")
      }
      moreHref={moreHref}
      columns={[
        shown<ComponentChange>(name, {
          heading: "Component",
          sort: sortBy?.("name"),
          className: "max-w-0 min-w-44 py-1 md:w-[34%] md:py-0",
          cell: (row) => <Name row={row} versionOf={versionOf} />,
        }),
        shown(leftVersion, { from: "md", className: "max-w-0 md:w-[17%]", cell: (row) => versionOf(row, "left") }),
        shown(rightVersion, { from: "md", className: "max-w-0 md:w-[17%]", cell: (row) => versionOf(row, "right") }),
        ...(isSized ? sizeColumns(sortBy, widest) : []),
        ...(isSized && linked ? [filesColumn(artifacts)] : []),
      ]}
    />
  );
}

/** The bytes of both sides; an SBOM has none. */
function sizeColumns(sortBy: ComponentChangeTableProps["sortBy"], widest: number): ShownColumn<ComponentChange>[] {
  return [
    shown(leftBytes, { sort: sortBy?.("left"), from: "sm", cell: ({ left }) => <SideBytes of={left} /> }),
    shown(rightBytes, { sort: sortBy?.("right"), from: "sm", cell: ({ right }) => <SideBytes of={right} /> }),
    shown(delta, {
      heading: <DeltaHeading widest={widest} />,
      sort: sortBy?.("impact"),
      cell: (row) => <DeltaBar bytes={row.delta} widest={widest} />,
    }),
  ];
}

/** A link to the files of a component that changed. */
function filesColumn(artifacts: ComponentChangeTableProps["artifacts"]): ShownColumn<ComponentChange> {
  const [left, right] = artifacts;
  return {
    name: "Files",
    heading: <span className="sr-only">Files</span>,
    right: true,
    cell: (row) =>
      row.change === "same" ? null : (
        <Link
          href={componentFilesPath([left.digest, right.digest], [row.left?.id ?? "", row.right?.id ?? ""])}
          prefetch={false}
          className="text-link text-xs"
        >
          files<span className="sr-only"> of {labelText(row.name)}</span>
        </Link>
      ),
  };
}

interface NameProps {
  readonly row: ComponentChange;
  readonly versionOf: (row: ComponentChange, side: "left" | "right") => React.ReactNode;
}

/** The component; on a narrow page with its versions below. */
function Name({ row, versionOf }: NameProps) {
  const { change, kind, left, right } = row;
  return (
    <span className="flex items-center gap-2">
      <SideMark side={SIDE_OF_CHANGE[change]} label={change} />
      <KindMark kind={kind} />
      <span className="min-w-0">
        <span className="block truncate" data-tip={labelText(`${kind} · ${(right ?? left)?.id ?? ""}`)}>
          <Visible text={row.name} />
        </span>
        <span className="flex flex-wrap gap-x-1.5 text-2xs text-dim md:hidden">
          {change === "same" ? null : versionOf(row, "left")}
          {change !== "same" && left !== null && right !== null ? <span aria-hidden>→</span> : null}
          {versionOf(row, "right")}
        </span>
      </span>
    </span>
  );
}

interface VersionProps {
  readonly row: ComponentChange;
  readonly side: "left" | "right";
  /** The artifact that it links to, if any. */
  readonly artifact: ArtifactLabel | undefined;
}

/** A version that links to its dependency path; a store item's hash if it has no version; unowned files by their layer. */
function Version({ row, side, artifact }: VersionProps) {
  const version = row[side];
  if (version === null) return null;
  const text = versionOrHash(version);
  const hash = shownHash(version);
  // The same version on both sides, but different items: only the hash distinguishes them.
  const rebuilt = row.change === "changed" && row.left?.version === row.right?.version;
  const href = artifact === undefined ? undefined : whyPath(artifact.digest, version.id);
  return (
    <MaybeLink
      href={href}
      tip={href === undefined ? undefined : labelText(`Dependency path on the ${side}: ${version.id}`)}
      className={`block truncate ${href === undefined ? "" : "quiet-link"}`}
    >
      <Visible text={text === "" ? "here" : shortVersion(text)} />
      {rebuilt && hash !== undefined && text !== hash ? (
        <span className="ml-1.5 font-mono text-2xs text-dim">{hash}</span>
      ) : null}
    </MaybeLink>
  );
}
