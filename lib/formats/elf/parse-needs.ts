import type { ElfNeeds, NeededVersion } from "#lib/model/elf-needs.ts";
import { type Fault, FaultList } from "#lib/model/fault.ts";
import { ElfBytes, type FilePiece } from "./elf-bytes.ts";
import { MAX_NAMES_BYTES, NameReader } from "./name-reader.ts";
import { EXECUTABLE, isProgramType, SHARED_OBJECT, Tag } from "./names.ts";
import {
  type DynamicEntry,
  listDynamic,
  listSegments,
  type ProgramSegment,
  readBuildId,
  readInterpreter,
  toOffset,
} from "./segments.ts";
import { listDefinedVersions, listNeededVersions } from "./symbol-versions.ts";

/** `DF_1_PIE`: also a program without an interpreter has it. */
const IS_PIE = 0x08000000;

type DynamicFacts = Omit<ElfNeeds, "bits" | "isLittle" | "machine" | "type" | "isProgram" | "interpreter" | "buildId">;

const NOTHING: DynamicFacts = {
  soname: "",
  needed: [],
  rpath: "",
  runpath: "",
  versionsNeeded: [],
  versionsDefined: [],
};

/**
 * What a program or library needs, from its program headers and dynamic section (System V ABI, chapter 5). `undefined` for a file
 * that is neither: object files and core dumps have no needs. The pieces need not be the whole file, the first has its beginning;
 * what is missing in them is a problem, and the rest is returned.
 */
export function parseElfNeeds(pieces: readonly FilePiece[]): { value: ElfNeeds | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const file = ElfBytes.open(pieces);
  if (file === undefined) {
    faults.add("the header of the ELF file is damaged", "bad-program");
    return { value: undefined, problems: faults.found };
  }
  file.has(0, 20);
  const [type, machine] = [file.half(16), file.half(18)];
  if (type !== EXECUTABLE && type !== SHARED_OBJECT) return { value: undefined, problems: [] };
  const segments = listSegments(file);
  const entries = listDynamic(file, segments);
  const names = openNames(file, segments, entries);
  const facts = {
    interpreter: readInterpreter(file, segments),
    ...(names === undefined ? NOTHING : readNames(file, segments, entries, names)),
    buildId: readBuildId(file, segments),
  };
  if (file.isIncomplete) faults.add("the ELF file is damaged, or its dynamic section is out of reach", "bad-program");
  if (names?.isSpent) faults.add(`more than ${MAX_NAMES_BYTES} bytes of names: the rest is not read`, "limit-exceeded");
  const flags = entries.find(({ tag }) => tag === Tag.flags1)?.value ?? 0;
  const isProgram = type === EXECUTABLE || isProgramType(type, facts) || (flags & IS_PIE) !== 0;
  return {
    value: { bits: file.bits, isLittle: file.isLittle, machine, type, isProgram, ...facts },
    problems: faults.found,
  };
}

function openNames(file: ElfBytes, segments: readonly ProgramSegment[], entries: readonly DynamicEntry[]) {
  const address = entries.find(({ tag }) => tag === Tag.strings)?.value;
  if (entries.length === 0 || address === undefined) return undefined;
  const start = toOffset(file, segments, address);
  return start === undefined ? undefined : new NameReader(file, start);
}

function readNames(
  file: ElfBytes,
  segments: readonly ProgramSegment[],
  entries: readonly DynamicEntry[],
  names: NameReader,
): DynamicFacts {
  const numbers = new Map(entries.map(({ tag, value }) => [tag, value]));
  const nameAt = (tag: number) => (numbers.has(tag) ? names.read(numbers.get(tag)!) : "");
  const tableAt = (tag: number) => (numbers.has(tag) ? toOffset(file, segments, numbers.get(tag)) : undefined);
  const own = { soname: nameAt(Tag.soname), rpath: nameAt(Tag.rpath), runpath: nameAt(Tag.runpath) };
  const needed = entries.filter(({ tag }) => tag === Tag.needed).map(({ value }) => names.read(value));
  const [needs, definitions] = [tableAt(Tag.versionsNeeded), tableAt(Tag.versionsDefined)];
  const count = (tag: number) => numbers.get(tag) ?? 0;
  return {
    ...own,
    needed: needed.filter((name) => name !== ""),
    versionsNeeded:
      needs === undefined ? [] : listNeededVersions(file, needs, count(Tag.versionsNeededCount), names).filter(isNamed),
    versionsDefined:
      definitions === undefined
        ? []
        : listDefinedVersions(file, definitions, count(Tag.versionsDefinedCount), names).filter((name) => name !== ""),
  };
}

function isNamed({ file, name }: NeededVersion): boolean {
  return file !== "" && name !== "";
}
