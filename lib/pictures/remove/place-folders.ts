import type { AdvisedFolder } from "#lib/model/advised-folders.ts";
import { type NestedPart, type PlacedRectangle, placeNested, type Space } from "../nested-treemap.ts";

/** Folders drawn, and in each of them: the others are one part. */
const MAX_FOLDERS = 40;
const MAX_INSIDE = 16;

/** A folder, or the smaller ones together. */
export type FolderPart =
  /** `divided`: its parts are drawn inside it. */
  | { readonly type: "folder"; readonly folder: AdvisedFolder; readonly divided: boolean }
  | { readonly type: "others"; readonly count: number; readonly listed: number; readonly selected: number };

export type PlacedFolder = PlacedRectangle<FolderPart>;

/** Folders with what could go of them as nested rectangles, area by listed bytes; those with nothing listed are left out. */
export function placeFolders(folders: readonly AdvisedFolder[], space: Space): PlacedFolder[] {
  return placeNested(
    toNested(folders, MAX_FOLDERS, ({ parts }) => (hasOnlyFiles(parts) ? [] : toNested(parts, MAX_INSIDE, () => []))),
    space,
  );
}

/** Files alone inside a folder would be drawn as a second frame around the same bytes. */
function hasOnlyFiles(parts: readonly AdvisedFolder[]): boolean {
  return parts.filter(({ listed }) => listed > 0).every(({ files }) => files);
}

type Nested = NestedPart<FolderPart>;

function toNested(
  folders: readonly AdvisedFolder[],
  most: number,
  inside: (folder: AdvisedFolder) => Nested[],
): Nested[] {
  const listed = folders.filter((folder) => folder.listed > 0);
  const rest = listed.slice(most);
  const parts = listed.slice(0, most).map((folder): Nested => {
    const within = inside(folder);
    const part = { type: "folder", folder, divided: within.length > 0 } as const;
    return { part, key: folderKey(folder), size: folder.listed, rank: 0, inside: within };
  });
  if (rest.length === 0) return parts;
  const others = {
    type: "others",
    count: rest.length,
    listed: sum(rest, "listed"),
    selected: sum(rest, "selected"),
  } as const;
  return [...parts, { part: others, key: "others", size: others.listed, rank: 1, inside: [] }];
}

function folderKey({ name, files }: AdvisedFolder): string {
  return `${files ? "files" : "folder"} ${name}`;
}

function sum(folders: readonly AdvisedFolder[], key: "listed" | "selected"): number {
  return folders.reduce((total, folder) => total + folder[key], 0);
}
