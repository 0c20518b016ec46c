import type { ImageConfig } from "#lib/formats/oci/index.ts";
import type { FoundComponents } from "#lib/ingest/packages/detect-components.ts";
import type { AttachedMaterial, AttachedSignature, StatedClaim } from "#lib/model/attached.ts";
import type { DiffId, Digest } from "#lib/model/digest.ts";
import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import type { EntryKind, LayerScan, PackedSymbols } from "#lib/model/layer.ts";
import type { Problem } from "#lib/model/problem.ts";
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
  /** `MAJOR:MINOR`; "" except for a device. */
  readonly device: string;
  /** SHA-256 of the body; "" except for a regular file. */
  readonly content: string;
  readonly byteCount: number;
  /** Position of its layer in the image or tree it is from, 0 the lowest. */
  readonly layer: number;
}

/** A squashed image: its tree, with attributes and components. */
export interface MovedTree extends FileTree {
  /** The entry that a visible name is from; `undefined` for a directory that no layer lists. A hard link has its body's attributes. */
  entryOf(node: FileNode): MovedEntry | undefined;
  /** Paths of hard links whose file was not there when their layer was applied, even if a layer above has removed them. */
  readonly danglingHardLinks: ReadonlySet<string>;
  /** The tree with one more layer on it. */
  withLayer(scan: LayerScan): MovedTree;
  /** The dynamic symbols of a program or library; `undefined` for other files, and where there was no room to keep them. */
  symbolsOf(node: FileNode): PackedSymbols | undefined;
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
  /** How it is known that the layers below `oldBaseLayers` are the old base. */
  readonly base: BaseMatch;
  readonly images: { readonly image: MovedImage; readonly oldBase: MovedImage; readonly newBase: MovedImage };
  /** `after`: the three merged, as the image would have it. */
  readonly configs: {
    readonly image: MovedConfig;
    readonly oldBase: MovedConfig;
    readonly newBase: MovedConfig;
    readonly after: MovedConfig;
  };
  /** What could not be read of the layers, such as a package database over its limit. */
  readonly problems: readonly Problem[];
}

/** An image of a rebase, without its files. */
export interface MovedImage {
  /** The source as the user wrote it. */
  readonly source: string;
  readonly name: string;
  readonly digest: Digest;
  /** `os/arch[/variant]` */
  readonly platform: string;
  /** Of all images that its index lists; its own alone if it is in no index. */
  readonly platforms: readonly string[];
  readonly diffIds: readonly DiffId[];
  /** The bases that it names, or that its provenance names. */
  readonly baseClaims: readonly StatedClaim[];
  /** What comes with it, if its source can have that. */
  readonly attached: AttachedMaterial | undefined;
  /** The signatures of its digest, not verified. */
  readonly signatures: readonly AttachedSignature[];
}

/** `layers`: equal layers (ChainID); a claim: by the image's provenance or its own word; `none`: the layers are of another image. */
export interface BaseMatch {
  readonly by: "layers" | "provenance" | "image" | "none";
  /** Paths of the image's lowest layers that differ from the old base. */
  readonly differing: readonly string[];
}

/** The settings as parsed, and the whole configuration as it was written: members that nobody knows are kept. */
export interface MovedConfig {
  readonly parsed: ImageConfig;
  readonly json: Readonly<Record<string, unknown>>;
}

/** What the merge layer holds at a path: a file or a directory with its attributes, or the removal of a name. */
export type MergedFile =
  | ({ readonly kind: "directory"; readonly path: string } & Pick<
      MovedEntry,
      "mode" | "uid" | "gid" | "mtime" | "xattrs"
    >)
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
