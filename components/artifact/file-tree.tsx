import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, type ShownColumn } from "#components/ui/data-table.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { MaybeLink, RowLink } from "#components/ui/maybe-link.tsx";
import { MoreLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { formatMode } from "#lib/display/file-mode.ts";
import { listedFilePath, whyPath } from "#lib/display/paths.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Directory, DirectoryChild, NodeName } from "#lib/views/artifact.ts";
import { flattenTree, type TreeRow } from "./tree-rows.ts";
import { LayerLink } from "./waste-table.tsx";

interface FileTreeProps {
  readonly digest: string;
  readonly directories: readonly Directory[];
  readonly owners: readonly NodeName[];
  /** The URL with this directory opened or closed. */
  readonly toggleHref: (path: string) => string;
  /** The URL that shows more of each directory. */
  readonly moreHref: string | undefined;
}

/** The opened part of the squashed tree. The open directories are part of the URL. */
export function FileTree({ digest, directories, owners, toggleHref, moreHref }: FileTreeProps) {
  const ownerOf = new Map(owners.map((owner) => [owner.nodeIndex, owner]));
  const columns: ShownColumn<TreeRow>[] = [
    {
      name: "Name",
      cell: (row) => (
        <div style={{ paddingLeft: `${row.depth * 1.125}rem` }}>
          {row.child === undefined ? (
            <Rest row={row} moreHref={moreHref} />
          ) : (
            <FileName row={row} child={row.child} digest={digest} toggleHref={toggleHref} />
          )}
        </div>
      ),
    },
    { name: "Bytes", right: true, cell: ({ child }) => child && <Bytes value={child.byteCount} /> },
    {
      name: "Belongs to",
      from: "md",
      cell: ({ child }) => child && <Owner child={child} owner={ownerOf.get(child.owner)} digest={digest} />,
    },
    {
      name: "Layer",
      right: true,
      from: "sm",
      cell: ({ child }) =>
        child && child.layer >= 0 && <LayerLink digest={digest} position={child.layer} path={child.path} />,
    },
    {
      name: "Mode",
      right: true,
      from: "lg",
      className: "font-mono text-xs text-dim",
      cell: ({ child }) => child && child.mode >= 0 && formatMode(child.kind, child.mode),
    },
  ];
  return (
    <DataTable
      label="Files a container sees"
      rows={flattenTree(directories)}
      keyOf={({ child, path }) => child?.path ?? `rest ${path}`}
      columns={columns}
    />
  );
}

interface OwnerProps {
  readonly child: DirectoryChild;
  readonly owner: NodeName | undefined;
  readonly digest: string;
}

function Owner({ child, owner, digest }: OwnerProps) {
  if (owner === undefined)
    return <span className="text-dim">{child.kind === EntryKind.directory ? directoryNote(child.fileCount) : ""}</span>;
  return (
    <Link
      href={whyPath(digest, owner.nodeIndex)}
      prefetch={false}
      className="inline-flex items-center gap-1.5 hover:text-accent"
    >
      <KindMark kind={owner.kind} />
      <Visible text={owner.name} /> <Visible text={owner.version} className="text-dim" />
    </Link>
  );
}

function directoryNote(fileCount: number): string {
  return fileCount === 0 ? "no files" : formatCounted(fileCount, "file");
}

interface FileNameProps {
  readonly digest: string;
  readonly row: TreeRow;
  readonly child: DirectoryChild;
  readonly toggleHref: (path: string) => string;
}

function FileName({ row, child, digest, toggleHref }: FileNameProps) {
  if (child.kind === EntryKind.directory) {
    return (
      <RowLink href={toggleHref(child.path)} aria-expanded={row.open} role="button">
        <span aria-hidden className={`inline-block w-3 text-center text-dim ${row.open ? "rotate-90" : ""}`}>
          ›
        </span>
        <span className="font-mono text-xs break-all">
          <Visible text={child.name} />/
        </span>
      </RowLink>
    );
  }
  return (
    <span className="flex items-baseline gap-1.5 pl-4.5 font-mono text-xs break-all">
      <MaybeLink href={listedFilePath(digest, child.path)} className="quiet-link">
        <Visible text={child.name} />
      </MaybeLink>
      {child.target === "" ? null : (
        <span className="text-dim">
          {child.kind === EntryKind.hardLink ? "= " : "→ "}
          <Visible text={child.kind === EntryKind.hardLink ? `/${child.target}` : child.target} />
        </span>
      )}
    </span>
  );
}

function Rest({ row, moreHref }: { row: TreeRow; moreHref: string | undefined }) {
  if (row.restCount === 0) return <span className="pl-4.5 text-dim">empty</span>;
  return (
    <span className="pl-4.5 text-dim">
      {formatCounted(row.restCount, "more name")} with {formatBytes(row.restBytes)}
      <MoreLink href={moreHref} />
    </span>
  );
}
