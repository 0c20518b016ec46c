import type { EntryKind } from "./layer.ts";

/** What a layer does to a path. `kept`: a directory that was there already. */
export type LayerDeed = "added" | "changed" | "removed" | "kept";

/** One path of a layer, or one that it removes. */
export interface LayerFile {
  /** As `displayPath` writes it; "" for the root. */
  readonly path: string;
  /** For a whiteout, the kind of what it removes, if that is known. */
  readonly kind: EntryKind;
  /** Position of the entry in the layer's tar; -1 for a file that a whiteout of a directory removes. */
  readonly ordinal: number;
  /** Bytes of its body; of a removed path, the bytes of lower layers that no container sees because of it. */
  readonly bytes: number;
  /** Target of a symlink or a hard link, else "". */
  readonly target: string;
  readonly deed: LayerDeed;
  /** The lower layer that had the path, for a changed or removed one; -1 for others. */
  readonly from: number;
  /** A changed file with the content that it had: only mode, owner or time are new. */
  readonly isSameContent: boolean;
  /** The layer that hides it afterwards; -1 if no layer does. */
  readonly hiddenBy: number;
  /** Its bytes that no container sees: 0 if another name leads to them. */
  readonly hiddenBytes: number;
}

/** Files and their bytes. Directories are not counted. */
export interface FileSum {
  readonly count: number;
  readonly bytes: number;
}

/** What to list of a layer. `same`: changed files with the content that they had. */
export const LAYER_SHOWS = ["added", "changed", "same", "removed", "hidden"] as const;
export type LayerShow = (typeof LAYER_SHOWS)[number];

/** The hidden bytes of a layer that one layer hides. */
export interface HidingLayer extends FileSum {
  readonly layer: number;
}

export interface LayerFigures extends Readonly<Record<LayerShow, FileSum>> {
  /** Every path, directories included. */
  readonly all: FileSum;
  /** The layers that hide its bytes, those that hide most first. */
  readonly hiding: readonly HidingLayer[];
}

/** One row of a layer's tree. */
export interface LayerTreeRow {
  /** A directory without an entry has no `file`. */
  readonly path: string;
  /** Directories in one row are joined: `app/node_modules`. */
  readonly name: string;
  readonly depth: number;
  readonly isDirectory: boolean;
  readonly isOpen: boolean;
  /** Of everything under it that matches. */
  readonly bytes: number;
  /** Of them, those that no container sees: hidden later, or removed here. */
  readonly hiddenBytes: number;
  readonly fileCount: number;
  /** The layer that hides all of it; -1 if there is none, or several. */
  readonly hiddenBy: number;
  readonly file: LayerFile | undefined;
  /** Paths of its directory that are not listed: the row stands for them. */
  readonly restCount: number;
}
