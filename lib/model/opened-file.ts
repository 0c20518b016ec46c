import type { ComponentKind } from "./component.ts";
import type { EntryKind } from "./layer.ts";
import type { LayerDeed } from "./layer-files.ts";
import type { ProgramAnswer } from "./program-answer.ts";

/** What an ELF file says of itself; "" and [] for what it does not say. */
export interface ElfFacts {
  readonly bits: 32 | 64;
  readonly byteOrder: "little-endian" | "big-endian";
  /** `executable`, `shared object`, …; `type N` for one that has no name here. */
  readonly type: string;
  /** `x86-64`, `AArch64`, …; `machine N` for one that has no name here. */
  readonly machine: string;
  readonly interpreter: string;
  readonly soname: string;
  readonly needed: readonly string[];
  readonly rpath: string;
  readonly runpath: string;
  /** Hexadecimal digits. */
  readonly buildId: string;
  /** A part that the header names is missing, is damaged or is beyond what is read. */
  readonly isIncomplete: boolean;
}

/** A file's beginning, read from a source and checked against its digest. */
export interface FileReading {
  /** As it was scanned. */
  readonly source: string;
  /** `undefined` for bytes that are no UTF-8 text. */
  readonly text: string | undefined;
  /** The file is longer than the text. */
  readonly isCut: boolean;
  readonly elf: ElfFacts | undefined;
}

/** What to read from a source: one entry of a layer, or one file of a store item. */
export type FilePlace =
  | { readonly kind: "layer"; readonly diffId: string; readonly ordinal: number; readonly path: string }
  | { readonly kind: "item"; readonly storePath: string; readonly path: string };

/** A regular file's content, by which a source is checked. */
export interface FileContent {
  /** `sha256:…` */
  readonly digest: string;
  readonly byteCount: number;
}

/** What one layer did to a path. */
export interface PathStep {
  readonly layer: number;
  readonly deed: Exclude<LayerDeed, "kept">;
  /** The path whose removal or replacement removed it, if it is not its own. */
  readonly because: string;
  readonly isSameContent: boolean;
}

/** One step of a symlink's way. */
export interface LinkStep {
  /** The symlink, and its target as written. */
  readonly path: string;
  readonly target: string;
}

export interface LinkWay {
  readonly steps: readonly LinkStep[];
  /** Where it leads; `undefined` if the links loop. */
  readonly end: string | undefined;
  /** The kind of what is there; `undefined` if nothing is. */
  readonly endKind: EntryKind | undefined;
}

/** Another artifact with the same content. */
export interface ContentHolder {
  readonly digest: string;
  readonly name: string;
  /** Its path there. */
  readonly path: string;
}

export interface FileAnswer {
  /** Without a leading slash for an image; a store item's is absolute. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since the epoch. */
  readonly mtime: number;
  readonly byteCount: number;
  readonly target: string;
  /** Of a regular file. */
  readonly content: FileContent | undefined;
  readonly place: FilePlace | undefined;
  /** The layer's position; -1 in a closure. */
  readonly layer: number;
  /** False if a container does not see this entry. */
  readonly isVisible: boolean;
  readonly owner: FileOwner | undefined;
  /** Oldest first; [] in a closure. */
  readonly history: readonly PathStep[];
  readonly way: LinkWay | undefined;
  /** Of a program, library or script of an image. */
  readonly program?: ProgramAnswer | undefined;
  readonly holders: readonly ContentHolder[];
  /** More artifacts have it. */
  readonly hasMoreHolders: boolean;
  /** Sources from which its bytes may be read, the latest first. */
  readonly sources: readonly string[];
}

export interface FileOwner {
  readonly nodeIndex: number;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
}
