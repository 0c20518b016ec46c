import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { formatMode } from "#lib/display/file-mode.ts";
import { whyPath } from "#lib/display/paths.ts";
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
  const rows = flattenTree(directories);
  const nameOf = new Map(owners.map((owner) => [owner.nodeIndex, owner]));
  return (
    <TableFrame label="Files a container sees">
      <thead>
        <tr>
          <Heading>Name</Heading>
          <Heading align="right">Bytes</Heading>
          <Heading className="hidden md:table-cell">Belongs to</Heading>
          <Heading align="right" className="hidden sm:table-cell">
            Layer
          </Heading>
          <Heading align="right" className="hidden lg:table-cell">
            Mode
          </Heading>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          row.child === undefined ? (
            <RestRow key={`rest ${row.path}`} row={row} moreHref={moreHref} />
          ) : (
            <FileRow
              key={row.child.path}
              row={row}
              child={row.child}
              owner={nameOf.get(row.child.owner)}
              digest={digest}
              toggleHref={toggleHref}
            />
          ),
        )}
      </tbody>
    </TableFrame>
  );
}

interface FileRowProps {
  readonly row: TreeRow;
  readonly child: DirectoryChild;
  readonly owner: NodeName | undefined;
  readonly digest: string;
  readonly toggleHref: (path: string) => string;
}

const CELL = "cell h-8";

function FileRow({ row, child, owner, digest, toggleHref }: FileRowProps) {
  return (
    <tr className="hover:bg-shade">
      <td className={CELL} style={{ paddingLeft: `${row.depth * 1.125}rem` }}>
        <FileName row={row} child={child} toggleHref={toggleHref} />
      </td>
      <td className={`${CELL} text-right`}>
        <Bytes value={child.byteCount} />
      </td>
      <td className={`${CELL} hidden md:table-cell`}>
        {owner === undefined ? (
          <span className="text-dim">{child.kind === EntryKind.directory ? directoryNote(child.fileCount) : ""}</span>
        ) : (
          <Link
            href={whyPath(digest, owner.nodeIndex)}
            prefetch={false}
            className="inline-flex items-center gap-1.5 hover:text-accent"
          >
            <KindMark kind={owner.kind} />
            <Visible text={owner.name} />{" "}
            <span className="text-dim">
              <Visible text={owner.version} />
            </span>
          </Link>
        )}
      </td>
      <td className={`${CELL} hidden text-right sm:table-cell`}>
        {child.layer < 0 ? null : <LayerLink position={child.layer} />}
      </td>
      <td className={`${CELL} hidden text-right font-mono text-xs text-dim lg:table-cell`}>
        {child.mode < 0 ? null : formatMode(child.kind, child.mode)}
      </td>
    </tr>
  );
}

function directoryNote(fileCount: number): string {
  return fileCount === 0 ? "no files" : formatCounted(fileCount, "file");
}

function FileName({ row, child, toggleHref }: Pick<FileRowProps, "row" | "child" | "toggleHref">) {
  if (child.kind === EntryKind.directory) {
    return (
      <Link
        href={toggleHref(child.path)}
        scroll={false}
        prefetch={false}
        aria-expanded={row.open}
        role="button"
        className="flex items-center gap-1.5 hover:text-accent"
      >
        <span aria-hidden className={`inline-block w-3 text-center text-dim ${row.open ? "rotate-90" : ""}`}>
          ›
        </span>
        <span className="font-mono text-xs break-all">
          <Visible text={child.name} />/
        </span>
      </Link>
    );
  }
  return (
    <span className="flex items-baseline gap-1.5 pl-4.5 font-mono text-xs break-all">
      <Visible text={child.name} />
      {child.target === "" ? null : (
        <span className="text-dim">
          {child.kind === EntryKind.hardLink ? "= " : "→ "}
          <Visible text={child.kind === EntryKind.hardLink ? `/${child.target}` : child.target} />
        </span>
      )}
    </span>
  );
}

function RestRow({ row, moreHref }: { row: TreeRow; moreHref: string | undefined }) {
  return (
    <tr>
      <td colSpan={5} className={`${CELL} text-dim`} style={{ paddingLeft: `${row.depth * 1.125 + 1.125}rem` }}>
        {row.restCount === 0 ? (
          "empty"
        ) : (
          <>
            {formatCounted(row.restCount, "more name")} with {formatBytes(row.restBytes)}
            {moreHref === undefined ? null : (
              <>
                {" · "}
                <Link href={moreHref} scroll={false} className="text-link">
                  Show more
                </Link>
              </>
            )}
          </>
        )}
      </td>
    </tr>
  );
}
