import type { ComponentKind } from "./component.ts";
import type { ChainId, DiffId, Digest } from "./digest.ts";
import type { EntryKind } from "./layer.ts";

/**
 * What an artifact holds, as sharing and differences are counted: by ids of one database, which are equal where the
 * things are. Columns rather than objects: a question may span 32 artifacts of 100,000 files. Sizes in bytes.
 */
export type Holding = ImageHolding | ClosureHolding;

export interface ImageHolding {
  readonly kind: "image";
  readonly artifactId: number;
  /** The lowest first. */
  readonly layers: readonly HeldLayer[];
  readonly bodies: HeldBodies;
}

export interface ClosureHolding {
  readonly kind: "closure";
  readonly artifactId: number;
  readonly items: HeldItems;
}

/** The regular files of those items of a closure whose files are all known. Row i is one file. */
export interface ItemBodies {
  readonly count: number;
  /** By item: 1 where its files are known, be it that it has none. */
  readonly known: Uint8Array;
  /** The item (node index) that holds the file, ascending. */
  readonly item: Int32Array;
  /** The file's SHA-256, as the database numbers it. */
  readonly contentId: Int32Array;
  readonly byteCount: Float64Array;
}

/** A layer in its place in one image. */
export interface HeldLayer {
  readonly layerId: number;
  readonly diffId: DiffId;
  readonly chainId: ChainId;
  /** The blob, and its bytes as a registry stores them where that is known. */
  readonly digest: Digest;
  readonly downloadSize: number | undefined;
  readonly contentSize: number;
  readonly entryCount: number;
}

/** The regular-file bodies that a container sees, each once. Row i is one body. */
export interface HeldBodies {
  readonly count: number;
  /** The image's layer that holds the body (a position, 0 the lowest), and the row of its entry there. */
  readonly layer: Int32Array;
  readonly entry: Int32Array;
  readonly byteCount: Float64Array;
  /** The body's SHA-256, as the database numbers it. */
  readonly contentId: Int32Array;
  /** Node index of the owner, -1 for an empty file that nobody owns. */
  readonly owner: Int32Array;
  /** What `placeOf` makes of the owner and the path, -1 where no package owns the body. */
  readonly place: Float64Array;
}

/** The items of a closure. Row i is node i. */
export interface HeldItems {
  readonly count: number;
  /** Path and NAR hash, as the database numbers the pair. */
  readonly componentId: Float64Array;
  readonly narSize: Float64Array;
  /** Absent where the files of no item are known. */
  readonly bodies?: ItemBodies;
}

/** A component in its place in one artifact, as sharing and differences name it. */
export interface HeldComponent {
  /** The same in two artifacts where identity (and NAR hash) are. */
  readonly componentId: number;
  /** Node id, as CLI.md prints it. */
  readonly id: string;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
  readonly instancePath: string;
  readonly selfSize: number;
}

/** A name that a container sees, as a difference of files compares it. */
export interface VisibleName {
  readonly path: string;
  /** A hard link is the file (or symlink, or device) it leads to. */
  readonly kind: EntryKind;
  /** Permission bits, owner and group of the inode. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Regular files: bytes of the body and its content's id; 0 and -1 for the rest. */
  readonly byteCount: number;
  readonly contentId: number;
  /** A symlink's target, else "". */
  readonly target: string;
}

/** The contents of the files that an artifact holds, as far as they are known; repeated where files are the same. */
export function contentIdsOf(holding: Holding): Int32Array {
  return holding.kind === "image" ? holding.bodies.contentId : (holding.items.bodies?.contentId ?? NO_CONTENTS);
}

const NO_CONTENTS = new Int32Array(0);

/** Whether all files of an artifact are known: always an image's, and those of a closure all of whose items were read. */
export function hasAllFiles(holding: Holding): boolean {
  return holding.kind === "image" || countUnread(holding.items) === 0;
}

/** The items of a closure whose files are not known. */
export function countUnread({ count, bodies }: HeldItems): number {
  return bodies === undefined ? count : bodies.known.reduce((unread, known) => unread - known, count);
}
