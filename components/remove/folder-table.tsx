import Link from "next/link";
import { DataTable, shown } from "#components/ui/data-table.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { FOLDER_COLUMNS } from "#lib/exports/tables/advised-folders.ts";
import type { AdvisedFolder, FolderSort } from "#lib/model/advised-folders.ts";
import { type FolderNoun, folderName } from "./folder-picture.tsx";
import { type RemoveParams, removeAddress } from "./remove-address.ts";

interface FolderTableProps {
  readonly folders: readonly AdvisedFolder[];
  readonly noun: FolderNoun;
  readonly params: RemoveParams;
  readonly path: string;
  readonly hrefOf: (folder: AdvisedFolder) => string | undefined;
}

/** The folders of the picture, and those in which nothing can go; of a store, which may have thousands, only items that can go. */
export function FolderTable({ folders, noun, params, path, hrefOf }: FolderTableProps) {
  const { by = "listed", order = by === "name" ? "asc" : "desc" } = params;
  const sortBy = sortLinks<FolderSort>({ sort: by, direction: order }, (sort, to) =>
    removeAddress.format(path, { ...params, by: sort, order: to }),
  );
  const { bytes, listed, selected } = FOLDER_COLUMNS;
  const rows = noun === "item" ? folders.filter((folder) => folder.listed > 0) : folders;
  return (
    <DataTable
      label={`What can go, by ${noun}`}
      rows={sorted(rows, by, order)}
      keyOf={({ name, files }) => `${files} ${name}`}
      limit={params.folders}
      rest={(count) => formatCounted(count, `more ${noun}`)}
      moreHref={removeAddress.more(path, params, "folders")}
      empty={noun === "item" ? "No item can go." : "Nothing is in this folder."}
      columns={[
        {
          name: noun === "item" ? "Store item" : "Folder",
          sort: sortBy("name"),
          className: "max-w-0 w-full min-w-32",
          cell: (folder) => <FolderName folder={folder} href={hrefOf(folder)} />,
        },
        shown<AdvisedFolder>(bytes, { sort: sortBy("bytes"), from: "sm" }),
        shown<AdvisedFolder>(listed, { sort: sortBy("listed") }),
        shown<AdvisedFolder>(selected, { sort: sortBy("selected") }),
      ]}
    />
  );
}

function sorted(folders: readonly AdvisedFolder[], by: FolderSort, order: "asc" | "desc"): AdvisedFolder[] {
  const sign = order === "asc" ? 1 : -1;
  const compare = (a: AdvisedFolder, b: AdvisedFolder) => (by === "name" ? 0 : a[by] - b[by]);
  return folders.toSorted((a, b) => sign * (compare(a, b) || (by === "name" ? (a.name < b.name ? -1 : 1) : 0)));
}

function FolderName({ folder, href }: { folder: AdvisedFolder; href: string | undefined }) {
  const name = <Visible text={folderName(folder)} />;
  if (href === undefined) return <span className={`block truncate ${folder.files ? "text-dim" : ""}`}>{name}</span>;
  return (
    <Link href={href} scroll={false} prefetch={false} className="quiet-link block truncate">
      {name}
    </Link>
  );
}
