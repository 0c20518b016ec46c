/** A regular file of a component in two artifacts. Sizes in bytes; `null` on the side that does not have it. */
export interface ComponentFile {
  /** Without a leading slash; inside a store item, relative to it. */
  readonly path: string;
  readonly change: "changed" | "added" | "removed" | "same";
  readonly left: number | null;
  readonly right: number | null;
}

export interface ComponentFilesAnswer {
  readonly rows: readonly ComponentFile[];
  readonly count: number;
  readonly differing: number;
}
