import Link from "next/link";
import { LayerLink } from "#components/artifact/waste-table.tsx";
import { None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import { layerPath, listedFilePath, listedPath, whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { IMAGE_FILE_COLUMNS } from "#lib/exports/tables/image-files.ts";
import type { ImageFileSort } from "#lib/model/image-files.ts";
import type { ListedFile } from "#lib/views/image-files.ts";

const { path, bytes, owner, layer, waste } = IMAGE_FILE_COLUMNS;

/** The columns of all files of an image, with links to each file, its owner and its layers. */
export function fileColumns(
  digest: string,
  sorts: Readonly<Record<ImageFileSort, SortLink>>,
): ShownColumn<ListedFile>[] {
  return [
    shown<ListedFile>(path, {
      sort: sorts.path,
      headingClass: "w-[52%]",
      className: "max-w-0 min-w-32 sm:w-[52%]",
      cell: (file) => <FileLink file={file} digest={digest} />,
    }),
    shown<ListedFile>(bytes, { sort: sorts.bytes }),
    shown<ListedFile>(owner, {
      sort: sorts.owner,
      from: "md",
      className: "max-w-0",
      cell: (file) => <OwnerLink file={file} digest={digest} />,
    }),
    shown<ListedFile>(layer, {
      sort: sorts.layer,
      from: "sm",
      headingClass: "w-20",
      cell: (file) => <LayerLink digest={digest} position={file.layer} path={file.path} />,
    }),
    shown<ListedFile>(waste, { sort: sorts.waste, cell: (file) => <WasteCell file={file} digest={digest} /> }),
  ];
}

type CellProps = { readonly file: ListedFile; readonly digest: string };

function FileLink({ file, digest }: CellProps) {
  const text = `/${file.path}`;
  const name = text.lastIndexOf("/") + 1;
  const isHidden = file.owner === -1;
  return (
    <MaybeLink
      href={listedFilePath(digest, file.path, isHidden ? file.layer : undefined)}
      tip={labelText(text)}
      className={`quiet-link block font-mono text-xs ${isHidden ? "line-through" : ""}`}
    >
      <span className="sr-only">
        <Visible text={text} />
      </span>
      {/* In a narrow column, the folder is cut rather than the name. */}
      <span aria-hidden className="flex min-w-0">
        <Visible text={text.slice(0, name)} className="truncate text-dim" />
        <Visible text={text.slice(name)} className="max-w-[80%] shrink-0 truncate" />
      </span>
    </MaybeLink>
  );
}

function OwnerLink({ file: { ownerName }, digest }: CellProps) {
  if (ownerName === undefined) return <None />;
  return (
    <Link
      href={whyPath(digest, ownerName.nodeIndex)}
      prefetch={false}
      className="flex items-center gap-1.5 hover:text-accent"
    >
      <KindMark kind={ownerName.kind} />
      <Visible text={ownerName.name} className="truncate" />
    </Link>
  );
}

/** What no container sees, and the layer that hides it. */
function WasteCell({ file: { owner: node, waste: hidden, hiddenBy, path: text }, digest }: CellProps) {
  if (node !== -1) return <None />;
  const shownText = listedPath(text) === undefined ? undefined : `/${text}`;
  return (
    <span className="text-warn">
      {formatBytes(hidden)}
      {hiddenBy === null ? null : (
        <span className="hidden text-dim lg:inline">
          {" "}
          by{" "}
          <Link href={layerPath(digest, hiddenBy, { text: shownText })} prefetch={false} className="text-link">
            layer {hiddenBy}
          </Link>
        </span>
      )}
    </span>
  );
}
