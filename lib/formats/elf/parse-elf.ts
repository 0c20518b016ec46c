import { ELF_MACHINES } from "#lib/model/elf-needs.ts";
import type { ElfFacts } from "#lib/model/opened-file.ts";
import { ElfBytes } from "./elf-bytes.ts";
import { isProgramType, Tag, TYPES } from "./names.ts";
import { listDynamic, listSegments, type ProgramSegment, readBuildId, readInterpreter, toOffset } from "./segments.ts";

/** Bytes of a file that are kept to find the parts that its header names. Larger files are read as far as that. */
export const MAX_ELF_BYTES = 64 * 1024 ** 2;

/**
 * The header, interpreter, dynamic section and build id of an ELF file, or of its beginning (System V ABI, chapters 4 and 5; Linux
 * Standard Base, "Note Sections"). `undefined` for a file that is no ELF file. Whatever is damaged or missing is left out and marked.
 */
export function parseElf(bytes: Uint8Array): ElfFacts | undefined {
  const file = ElfBytes.open([{ offset: 0, bytes }]);
  if (file === undefined) return undefined;
  const segments = listSegments(file);
  file.has(0, 20);
  const [type, machine] = [file.half(16), file.half(18)];
  const parts = {
    interpreter: readInterpreter(file, segments),
    ...readDynamic(file, segments),
    buildId: readBuildId(file, segments),
  };
  return {
    bits: file.bits,
    byteOrder: file.isLittle ? "little-endian" : "big-endian",
    type: isProgramType(type, parts) ? "position-independent executable" : (TYPES[type] ?? `type ${type}`),
    machine: ELF_MACHINES[machine] ?? `machine ${machine}`,
    ...parts,
    isIncomplete: file.isIncomplete,
  };
}

function readDynamic(file: ElfBytes, segments: readonly ProgramSegment[]) {
  const facts = { soname: "", needed: [] as string[], rpath: "", runpath: "" };
  const entries = listDynamic(file, segments);
  if (entries.length === 0) return facts;
  const strings = toOffset(file, segments, entries.find(({ tag }) => tag === Tag.strings)?.value);
  if (strings === undefined) return facts;
  for (const { tag, value } of entries) {
    if (tag === Tag.needed) facts.needed.push(file.text(strings + value));
    else if (tag === Tag.soname) facts.soname = file.text(strings + value);
    else if (tag === Tag.rpath) facts.rpath = file.text(strings + value);
    else if (tag === Tag.runpath) facts.runpath = file.text(strings + value);
  }
  return facts;
}
