import type { ComponentKind } from "./component.ts";

/** A version of symbols that a file needs of a library. */
export interface ProgramVersion {
  readonly name: string;
  readonly isWeak: boolean;
  /** The library that is found does not define it. */
  readonly isMissing: boolean;
}

/** The component that has a file. */
export interface LoadedOwner {
  readonly nodeIndex: number;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
}

/** A file that the linker would load. */
export interface LoadedFile {
  readonly path: string;
  readonly layer: number;
  /** `undefined` if no package owns it. */
  readonly owner: LoadedOwner | undefined;
}

/** What a program or library needs by name, and what is found for it. */
export interface ProgramNeed {
  readonly name: string;
  /** `undefined` if the linker would not find it. */
  readonly found: LoadedFile | undefined;
  /** Of a library: the versions of its symbols that are needed. */
  readonly versions: readonly ProgramVersion[];
}

/** What the linker reads of a file, and what it finds; "" and [] for what the file does not say. */
export interface LinkedProgram {
  readonly kind: "elf";
  readonly bits: 32 | 64;
  /** `x86-64`; `machine N` for one without a name here. */
  readonly machine: string;
  readonly isProgram: boolean;
  readonly soname: string;
  readonly interpreter: ProgramNeed | undefined;
  readonly needed: readonly ProgramNeed[];
  readonly rpath: string;
  readonly runpath: string;
  readonly buildId: string;
  readonly versionsDefined: readonly string[];
  /** False if an earlier version scanned the image: what is found is then not known. */
  readonly isResolved: boolean;
}

/** A script: `line` is its first one, without `#!`. */
export interface ScriptProgram {
  readonly kind: "script";
  readonly line: string;
}

export type ProgramAnswer = LinkedProgram | ScriptProgram;

/** A program, library or script of a component. */
export interface NodeProgram {
  readonly path: string;
  readonly layer: number;
  readonly program: ProgramAnswer;
}

/** Those of one component, in order of their paths, cut at a limit; and the number of all. */
export interface NodePrograms {
  readonly rows: readonly NodeProgram[];
  readonly count: number;
}
