/** e_type (System V ABI, "ELF Header"). */
export const TYPES: Readonly<Record<number, string>> = {
  1: "relocatable object",
  2: "executable",
  3: "shared object",
  4: "core dump",
};

/** e_machine, the registered numbers of what images are built for. */
export const MACHINES: Readonly<Record<number, string>> = {
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
