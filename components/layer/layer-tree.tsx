import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, type ShownColumn } from "#components/ui/data-table.tsx";
import { MaybeLink, RowLink } from "#components/ui/maybe-link.tsx";
import { MoreLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { DEED_WORDS } from "#lib/display/layer-words.ts";
import { layerPath, listedFilePath, listedPath } from "#lib/display/paths.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { LayerFile, LayerTreeRow } from "#lib/model/layer-files.ts";
import type { LayerAnswer, LayerView } from "#lib/views/layer.ts";

export interface LayerTreeLinks {
  /** The URL with this directory opened or closed. */
  readonly toggleHref: (path: string) => string;
  /** The URL that shows more of each directory. */
  readonly moreHref: string | undefined;
}

interface LayerTreeProps extends LayerTreeLinks {
  readonly view: LayerView;
  readonly answer: LayerAnswer;
}

/** The layer's files as a tree: what the layer does to each path, and what becomes of it. */
export function LayerTree({ view, answer, toggleHref, moreHref }: LayerTreeProps) {
  const { digest } = view.artifact;
  const widest = Math.max(1, ...answer.rows.map(({ bytes }) => bytes));
  const columns: ShownColumn<LayerTreeRow>[] = [
    {
      name: "Path",
      className: "min-w-40",
      cell: (row) => (
        <div style={{ paddingLeft: `${row.depth * 1.125}rem` }}>
          <Name row={row} view={view} toggleHref={toggleHref} moreHref={moreHref} />
        </div>
      ),
    },
    {
      name: "In this layer",
      from: "sm",
      className: "whitespace-nowrap",
      cell: ({ file }) => (file === undefined ? null : <Deed file={file} digest={digest} />),
    },
    {
      name: "Afterwards",
      from: "sm",
      className: "whitespace-nowrap",
      cell: (row) => <Afterwards row={row} digest={digest} layer={view.layer.position} />,
    },
    {
      name: "Share",
      heading: <span className="sr-only">Share</span>,
      from: "md",
      cell: (row) => <Bar row={row} widest={widest} />,
    },
    { name: "Bytes", right: true, cell: ({ bytes }) => <Bytes value={bytes} /> },
  ];
  return (
    <DataTable
      label="Files of the layer"
      rows={answer.rows}
      keyOf={({ path, restCount, file }) => `${restCount} ${file?.ordinal ?? ""} ${path}`}
      columns={columns}
      empty={answer.matching === 0 ? "No files match." : "The layer has no files."}
    />
  );
}

interface NameProps extends LayerTreeLinks {
  readonly row: LayerTreeRow;
  readonly view: LayerView;
}

function Name({ row, view, toggleHref, moreHref }: NameProps) {
  const { artifact, layer } = view;
  if (row.restCount > 0)
    return (
      <span className="pl-4.5 text-dim">
        {formatCounted(row.restCount, "more name")}
        <MoreLink href={moreHref} />
      </span>
    );
  return (
    <>
      {row.isDirectory ? <Folder row={row} toggleHref={toggleHref} /> : <File row={row} view={view} />}
      <span className="flex gap-3 pl-4.5 text-2xs sm:hidden">
        {row.file === undefined ? null : <Deed file={row.file} digest={artifact.digest} />}
        <Afterwards row={row} digest={artifact.digest} layer={layer.position} />
      </span>
    </>
  );
}

function Folder({ row, toggleHref }: { row: LayerTreeRow; toggleHref: NameProps["toggleHref"] }) {
  return (
    <RowLink href={toggleHref(row.path)} aria-expanded={row.isOpen} role="button">
      <span aria-hidden className={`inline-block w-3 text-center text-dim ${row.isOpen ? "rotate-90" : ""}`}>
        ›
      </span>
      <span className="font-mono text-xs break-all">
        <Visible text={row.name} />/
      </span>
      {row.file?.deed === "removed" ? <span className="text-xs text-dim">whiteout</span> : null}
    </RowLink>
  );
}

function File({ row, view: { artifact, layer } }: { row: LayerTreeRow; view: LayerView }) {
  const { file } = row;
  const position = file?.deed === "removed" ? file.from : layer.position;
  const isGone = row.hiddenBy >= 0 || file?.deed === "removed";
  return (
    <span className="flex items-baseline gap-1.5 pl-4.5 font-mono text-xs break-all">
      <MaybeLink href={listedFilePath(artifact.digest, row.path, position)} className="quiet-link">
        <Visible text={row.name} className={isGone ? "line-through decoration-dim" : undefined} />
      </MaybeLink>
      {file === undefined || file.target === "" ? null : (
        <span className="text-dim">
          {file.kind === EntryKind.hardLink ? "= /" : "→ "}
          <Visible text={file.target} />
        </span>
      )}
    </span>
  );
}

function Deed({ file, digest }: { file: LayerFile; digest: string }) {
  const { deed, from, isSameContent, path } = file;
  const word = DEED_WORDS[deed];
  if (deed === "added") return <span className="text-accent">{word}</span>;
  if (deed === "kept") return <span className="text-dim">{word}</span>;
  return (
    <span className={deed === "removed" ? "text-warn" : undefined}>
      {word}{" "}
      <Link href={layerPath(digest, from, { text: toFilter(path) })} prefetch={false} className="text-link">
        from {from}
      </Link>
      {isSameContent && deed === "changed" ? <span className="text-dim"> same content</span> : null}
    </span>
  );
}

function Afterwards({ row, digest, layer }: { row: LayerTreeRow; digest: string; layer: number }) {
  const { hiddenBy, path } = row;
  if (hiddenBy < 0) return null;
  if (hiddenBy === layer) return <span className="text-warn">repeated here</span>;
  return (
    <Link
      href={layerPath(digest, hiddenBy, { text: toFilter(path) })}
      prefetch={false}
      className="text-warn underline decoration-1 underline-offset-3"
    >
      hidden by {hiddenBy}
    </Link>
  );
}

/** Its bytes to the scale of the largest row; what no container sees is hatched. */
function Bar({ row: { bytes, hiddenBytes }, widest }: { row: LayerTreeRow; widest: number }) {
  const width = (part: number) => `${(100 * part) / widest}%`;
  return (
    <span aria-hidden className="block h-2 w-28">
      <span className="flex h-2 justify-end bg-(--rock-unique)" style={{ width: width(bytes) }}>
        <span className="hatched" style={{ width: `${(100 * hiddenBytes) / Math.max(1, bytes)}%` }} />
      </span>
    </span>
  );
}

/** A path as the filter of another layer's page; without one if it is too long. */
function toFilter(path: string): string | undefined {
  return listedPath(path) === undefined ? undefined : `/${path}`;
}
