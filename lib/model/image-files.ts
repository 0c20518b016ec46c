/** A file in a layer of an image, or one more name (a hard link), whether or not containers see it. */
export interface ImageFile {
  /** Without a leading slash. */
  readonly path: string;
  /** Of the body in this layer; 0 for a hard link. */
  readonly bytes: number;
  readonly layer: number;
  /** Node index; −1 if containers do not see this name. */
  readonly owner: number;
  /** Bytes that no container sees: its own, or 0. A hidden name's body may have another name, a hard link, that is visible. */
  readonly waste: number;
  /** The layer that hides these bytes; `null` if there are none. */
  readonly hiddenBy: number | null;
}

export const IMAGE_FILE_SORTS = ["bytes", "waste", "path", "owner", "layer"] as const;
export type ImageFileSort = (typeof IMAGE_FILE_SORTS)[number];

export interface ImageFileFilter {
  /** Part of a path that begins with a slash; upper and lower case are equal. */
  readonly text: string;
  /** Only files of this layer. */
  readonly layer: number | undefined;
  /** Only files that no container sees. */
  readonly hidden: boolean;
  readonly sort: ImageFileSort;
  readonly direction: "asc" | "desc";
  readonly offset: number;
  readonly limit: number;
}

/** The rows from `offset` on, and how many match with how many bytes. */
export interface ImageFileRows {
  readonly rows: readonly ImageFile[];
  readonly matching: number;
  readonly matchingBytes: number;
}
