/** e_type (System V ABI, "ELF Header"). */
export const TYPES: Readonly<Record<number, string>> = {
  1: "relocatable object",
  2: "executable",
  3: "shared object",
  4: "core dump",
};

/** Tags of the dynamic section; from `gnuHash` on they are GNU's. */
export const Tag = {
  needed: 1,
  hash: 4,
  strings: 5,
  symbols: 6,
  relocationsWithAddend: 7,
  init: 12,
  soname: 14,
  rpath: 15,
  relocations: 17,
  jumpRelocations: 23,
  runpath: 29,
  relativeRelocations: 36,
  gnuHash: 0x6ffffef5,
  versions: 0x6ffffff0,
  flags1: 0x6ffffffb,
  versionsDefined: 0x6ffffffc,
  versionsDefinedCount: 0x6ffffffd,
  versionsNeeded: 0x6ffffffe,
  versionsNeededCount: 0x6fffffff,
} as const;

/** e_type of a program at a fixed address. */
export const EXECUTABLE = 2;
/** Also that of a program that may be anywhere in memory. */
export const SHARED_OBJECT = 3;

/** A shared object with an interpreter is a program, unless it has a name for others to need: the C library can be run, too. */
export function isProgramType(type: number, { interpreter, soname }: { interpreter: string; soname: string }): boolean {
  return type === SHARED_OBJECT && interpreter !== "" && soname === "";
}
