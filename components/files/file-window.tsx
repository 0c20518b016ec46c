"use client";

import { RowWindow, type RowWindowProps } from "#components/ui/row-window.tsx";
import type { SortLink } from "#components/ui/sort-links.ts";
import type { ImageFileSort } from "#lib/model/image-files.ts";
import type { ListedFile } from "#lib/views/image-files.ts";
import { fileColumns } from "./file-columns.tsx";

interface FileWindowProps extends Omit<RowWindowProps<ListedFile>, "label" | "columns"> {
  readonly digest: string;
  readonly sorts: Readonly<Record<ImageFileSort, SortLink>>;
}

/** All files of an image in a box that scrolls. */
export function FileWindow({ digest, sorts, ...rows }: FileWindowProps) {
  return <RowWindow label="Files" columns={fileColumns(digest, sorts)} {...rows} />;
}
