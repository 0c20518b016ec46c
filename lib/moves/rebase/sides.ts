import type { ImageConfig } from "#lib/formats/oci/index.ts";
import type { FoundComponents } from "#lib/ingest/packages/detect-components.ts";
import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import type { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";

/** An entry of a layer with all that a rebase can move wrongly. */
export interface MovedEntry {
  /** As text, without a leading slash; a whiteout's is that of the name it hides, an opaque one's that of its directory. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since the epoch. */
  readonly mtime: number;
  /** A symlink's target as written, a hard link's normalised like a path, else "". */
  readonly link: string;
  /** Name → value, byte for byte as latin1. */
  readonly xattrs: ReadonlyMap<string, string>;
  /** SHA-256 of the body; "" except for a regular file. */
  readonly content: string;
  readonly byteCount: number;
  /** Position of its layer in the image it is from, 0 the lowest. */
  readonly layer: number;
}

/** A squashed image: its tree, with attributes and components. */
export interface MovedTree extends FileTree {
  /** The entry that a visible name is from; `undefined` for a directory that no layer lists. A hard link has its body's attributes. */
  entryOf(node: FileNode): MovedEntry | undefined;
  /** Its packages, with the problems that detection found, such as unmet needs. */
  readonly found: FoundComponents;
}

/** The images of a rebase, read from their sources, on one platform. */
export interface RebaseSides {
  readonly oldBase: MovedTree;
  readonly newBase: MovedTree;
  /** The image as it is: the upper layers on the old base. */
  readonly before: MovedTree;
  /** The upper layers on the new base, without a merge layer. */
  readonly after: MovedTree;
  /** Every entry of the image's own layers, in order; `layer` is the position in the image as it is. */
  readonly upper: readonly MovedEntry[];
  readonly oldBaseLayers: number;
  readonly newBaseLayers: number;
  readonly configs: { readonly image: MovedConfig; readonly oldBase: MovedConfig; readonly newBase: MovedConfig };
}

/** The settings as parsed, and the whole configuration as it was written: members that nobody knows are kept. */
export interface MovedConfig {
  readonly parsed: ImageConfig;
  readonly json: Readonly<Record<string, unknown>>;
}

/** What the merge layer holds at a path: a file with attributes, or the removal of a name. */
export type MergedFile =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly mtime: number;
      readonly xattrs: ReadonlyMap<string, string>;
      readonly body: Uint8Array;
    }
  | { readonly kind: "whiteout"; readonly path: string };

/** What a check found, and what it merges. */
export interface CheckResult {
  /** How much it looked at, in words. */
  readonly scope: string;
  readonly findings: readonly Finding[];
  readonly before: readonly Finding[];
  readonly merged: readonly MergedFile[];
}

/** One of the nine checks: pure, and all of them see the same sides. */
export type RebaseCheck = (sides: RebaseSides) => CheckResult;
