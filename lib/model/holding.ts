import type { ComponentKind } from "./component.ts";
import type { ChainId, DiffId, Digest } from "./digest.ts";
import type { EntryKind } from "./layer.ts";
import type { VisibleBodies } from "./snapshot.ts";

/**
 * The contents of an artifact, for sharing and differences: by ids of one database, which are equal for equal contents. Columns
 * rather than objects: a question may cover 32 artifacts of 100,000 files. Sizes in bytes.
 */
export type Holding = ImageHolding | ClosureHolding | SbomHolding;

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

/** Of an SBOM, only its components are known. Their sizes are 1 each. */
export interface SbomHolding {
  readonly kind: "sbom";
  readonly artifactId: number;
  readonly items: HeldItems;
}

/** The regular files of those items of a closure whose files are all known. Row i is one file. */
export interface ItemBodies {
  readonly count: number;
  /** By item: 1 if its files are known, even if it has none. */
  readonly known: Uint8Array;
  /** The file's item (node index), ascending. */
  readonly item: Int32Array;
  /** Database id of the file's SHA-256. */
  readonly contentId: Int32Array;
  readonly byteCount: Float64Array;
}

/** A layer at its position in one image. */
export interface HeldLayer {
  readonly layerId: number;
  readonly diffId: DiffId;
  readonly chainId: ChainId;
  /** The blob, and its compressed bytes if they are known. */
  readonly digest: Digest;
  readonly downloadSize: number | undefined;
  readonly contentSize: number;
  readonly entryCount: number;
}

/** The same layer as a manifest names it. */
export type NamedLayer = Omit<HeldLayer, "contentSize" | "entryCount">;

/** An artifact in a set with an image that is known by its manifest alone. */
export interface BlobHolding {
  readonly artifactId: number;
  /** The lowest first; `undefined` for a closure. */
  readonly layers: readonly NamedLayer[] | undefined;
  /** The items of a closure that was scanned from a binary cache; any other closure is one unit of unknown size. */
  readonly items?: Required<Pick<HeldItems, "componentId" | "fileSize">>;
}

/** The regular-file bodies that containers see, each once. Row i is one body. */
export interface HeldBodies extends Omit<VisibleBodies, "links"> {
  /** Database id of the body's SHA-256. */
  readonly contentId: Int32Array;
}

/** The items of a closure. Row i is node i. */
export interface HeldItems {
  readonly count: number;
  /** Database id of the pair of path and NAR hash. */
  readonly componentId: Float64Array;
  readonly narSize: Float64Array;
  /** Bytes of the compressed NAR in a binary cache, -1 if they are not known. Absent if the closure was never scanned from one. */
  readonly fileSize?: Float64Array;
  /** Absent if no item's files are known. */
  readonly bodies?: ItemBodies;
}

/** A component in one artifact, as sharing and differences name it. */
export interface HeldComponent {
  /** Equal in two artifacts if identity (and NAR hash) are. */
  readonly componentId: number;
  /** Node id, as the command line prints it. */
  readonly id: string;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
  readonly instancePath: string;
  readonly selfSize: number;
}

/** A visible name, as a difference of files compares it. */
export interface VisibleName {
  readonly path: string;
  /** For a hard link, the kind of its target: file, symlink or device. */
  readonly kind: EntryKind;
  /** Permission bits, owner and group of the inode. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Regular files: bytes of the body and its content's id; 0 and -1 for other kinds. */
  readonly byteCount: number;
  readonly contentId: number;
  /** A symlink's target, else "". */
  readonly target: string;
}

/** The contents of an artifact's files, as far as they are known; repeated if files are equal. */
export function contentIdsOf(holding: Holding): Int32Array {
  return holding.kind === "image" ? holding.bodies.contentId : (holding.items.bodies?.contentId ?? NO_CONTENTS);
}

const NO_CONTENTS = new Int32Array(0);

/** Whether all files of an artifact are known: always for an image; for a closure if all its items were read. */
export function hasAllFiles(holding: Holding): boolean {
  return holding.kind === "image" || countUnread(holding.items) === 0;
}

/** The items of a closure whose files are not known. */
export function countUnread({ count, bodies }: HeldItems): number {
  return bodies === undefined ? count : bodies.known.reduce((unread, known) => unread - known, count);
}
