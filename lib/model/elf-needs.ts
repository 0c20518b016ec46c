/** A version of symbols that another file must define. */
export interface NeededVersion {
  readonly file: string;
  readonly name: string;
  /** All of its symbols are weak: the linker accepts a library without the version. */
  readonly isWeak: boolean;
}

/** What the dynamic linker reads of a program or library; "" and [] for what it does not say. */
export interface ElfNeeds {
  readonly bits: 32 | 64;
  readonly isLittle: boolean;
  /** e_machine and e_type, as numbers. */
  readonly machine: number;
  readonly type: number;
  /** It can be started, and is not merely a library with an interpreter. */
  readonly isProgram: boolean;
  readonly interpreter: string;
  readonly soname: string;
  readonly needed: readonly string[];
  /** As written, with colons between directories. */
  readonly rpath: string;
  readonly runpath: string;
  readonly versionsNeeded: readonly NeededVersion[];
  readonly versionsDefined: readonly string[];
  readonly buildId: string;
}
