/** Bytes of a folder and everything below it, of those the listed ones, and of those the selected ones. Of a closure: of an item. */
export interface FolderBytes {
  readonly bytes: number;
  readonly listed: number;
  readonly selected: number;
}

/** A folder in a folder, or the files directly in one. */
export interface AdvisedFolder extends FolderBytes {
  /** Its path below the folder asked for: `share`, or `usr/share` if `usr` has most of the bytes and was opened for that. */
  readonly name: string;
  /** Not a folder, but the files directly in the one at `path`; `name` is "" for those of the folder asked for. */
  readonly files: boolean;
  /** Without slashes at its ends. */
  readonly path: string;
  /** There are folders in it. */
  readonly opens: boolean;
  /** What is in it, one level deep. */
  readonly parts: readonly AdvisedFolder[];
}

/** What could be removed from one folder of an artifact. */
export interface AdvisedFolders extends FolderBytes {
  readonly path: string;
  /** All, those with the most listed bytes first. */
  readonly folders: readonly AdvisedFolder[];
}

export const FOLDER_SORTS = ["listed", "selected", "bytes", "name"] as const;
export type FolderSort = (typeof FOLDER_SORTS)[number];
