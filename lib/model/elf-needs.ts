/** e_machine, the registered numbers of what images are built for. */
export const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: "x86",
  8: "MIPS",
  20: "PowerPC",
  21: "PowerPC 64",
  22: "S390",
  40: "ARM",
  43: "SPARC V9",
  62: "x86-64",
  183: "AArch64",
  243: "RISC-V",
  247: "BPF",
  258: "LoongArch",
};

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
