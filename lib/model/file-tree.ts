import type { EntryKind } from "./layer.ts";

/** One name in a squashed tree: what a container sees at that path. */
export interface FileNode {
  /** Relative to the root, "" for the root itself. */
  readonly path: string;
  readonly name: string;
  readonly kind: EntryKind;
  /** A symlink's target, else "". */
  readonly linkTarget: string;
  /**
   * The body this name leads to; several names of one body are hard links. `undefined` for all but regular files. Two are the
   * same where layer and entry are: objects may be made anew each time.
   */
  readonly body: FileBody | undefined;
  readonly parent: FileNode | undefined;
  readonly children: ReadonlyMap<string, FileNode>;
  /** Where the name comes from: the image's layer (0 the lowest) and the row of its entry there; -1 for a directory that no entry made. */
  readonly layer: number;
  readonly entry: number;
}

/** A regular file's body: stored once in one layer, seen under one or more names. */
export interface FileBody {
  readonly layer: number;
  /** Row of the entry that carries the body. */
  readonly entry: number;
  readonly byteCount: number;
}

/** The squashed tree of an image, as package discovery reads it. */
export interface FileTree {
  readonly root: FileNode;
  /** The name at this path, its last part not followed, no symlink followed on the way. */
  lookup(path: string): FileNode | undefined;
  /**
   * What this path leads to, every symlink followed inside the root; `undefined` when dangling, looping or 40 links deep, and
   * once the tree is exhausted.
   */
  resolve(path: string): FileNode | undefined;
  /** True once look-ups have taken all the steps they may take together: an image decides through how many links its paths lead. */
  readonly isExhausted: boolean;
  /** The kept body of a file that `isDocument` names, else `undefined`. */
  document(node: FileNode): Uint8Array | undefined;
}
