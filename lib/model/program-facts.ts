import type { ElfNeeds, NeededVersion } from "./elf-needs.ts";

/**
 * What is kept of a program, a library or a script with its layer: a few hundred bytes instead of the file. Four bytes of magic with
 * the version of the format; of an ELF file class, byte order, machine (16 bits, little-endian), type and flags, the SHA-256 of a
 * program, then its names, each after a zero, and what it says of its build; of a script its interpreter line.
 */
export const ELF_MAGIC = "SGe1";
export const SCRIPT_MAGIC = "SGs1";
const MAGIC_BYTES = 4;
const HEADER_BYTES = 10;
const SHA256_BYTES = 32;
export const IS_PROGRAM = 1;

/** Bytes of what is kept of a program's build. Of the largest programs it is 60 kB. */
export const MAX_BUILD_TEXT_BYTES = 256 * 1024;

/** Bytes of the facts of one file: its names, of which `parseElfNeeds` has a limit, in the longest spelling, and its build. */
export const MAX_FACTS_BYTES = 512 * 1024 + MAX_BUILD_TEXT_BYTES;

/** The names in front, of which every file has one each. */
const SINGLE_NAMES = ["soname", "interpreter", "rpath", "runpath", "buildId"] as const;

/** What a program says of its build: the text of Go's linker, or the JSON of cargo-auditable. Without zeros. */
export interface BuildText {
  readonly format: "go" | "cargo";
  readonly text: string;
}

const BUILD_MARKS = { go: "g", cargo: "c" } as const;

export type ProgramFacts =
  | { readonly kind: "script"; readonly line: string }
  /** `sha256`: of the whole file, hexadecimal, if it is a program; else "". */
  | { readonly kind: "elf"; readonly needs: ElfNeeds; readonly sha256: string; readonly build?: BuildText };

/** Memory of its own, which can be transferred to another thread. */
export function writeProgramFacts(facts: ProgramFacts): Uint8Array {
  if (facts.kind === "script") return new Uint8Array(Buffer.from(SCRIPT_MAGIC + facts.line));
  const { needs, sha256, build } = facts;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(ELF_MAGIC);
  header.set([needs.bits, needs.isLittle ? 1 : 0], MAGIC_BYTES);
  header.writeUInt16LE(needs.machine, MAGIC_BYTES + 2);
  header.set([needs.type, needs.isProgram ? IS_PROGRAM : 0], MAGIC_BYTES + 4);
  const names = writeNames(needs) + (build === undefined ? "" : `\0${BUILD_MARKS[build.format]}${build.text}`);
  const parts = [header, ...(needs.isProgram ? [Buffer.from(sha256, "hex")] : []), Buffer.from(names)];
  return new Uint8Array(Buffer.concat(parts));
}

/** A file that needs many versions of one other names that file once. */
function writeNames(needs: ElfNeeds): string {
  const names: string[] = SINGLE_NAMES.map((name) => needs[name]);
  names.push(...needs.needed.map((name) => `n${name}`));
  let from = "";
  for (const { file, name, isWeak } of needs.versionsNeeded) {
    if (file !== from) names.push(`f${file}`);
    from = file;
    names.push(`${isWeak ? "w" : "v"}${name}`);
  }
  names.push(...needs.versionsDefined.map((name) => `d${name}`));
  return names.map((name) => `\0${name}`).join("");
}

/** Whether a document is the facts of a program, or claims to be. */
export function isProgramFacts(bytes: Uint8Array): boolean {
  return hasMagic(bytes, ELF_MAGIC) || hasMagic(bytes, SCRIPT_MAGIC);
}

function hasMagic(bytes: Uint8Array, magic: string): boolean {
  for (let i = 0; i < MAGIC_BYTES; i++) if (bytes[i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** Whether these are the facts of a script. */
export function isScriptFacts(bytes: Uint8Array): boolean {
  return hasMagic(bytes, SCRIPT_MAGIC);
}

/** Whether the last name of the facts of an ELF file is what it says of its build. */
export function hasBuildText(bytes: Uint8Array): boolean {
  const mark = bytes[bytes.lastIndexOf(0) + 1];
  return Object.values(BUILD_MARKS).some((each) => each.charCodeAt(0) === mark);
}

/** `undefined` for anything else: every document of a layer may be asked, and a file of an image may claim to be one. */
export function readProgramFacts(bytes: Uint8Array): ProgramFacts | undefined {
  if (bytes.length > MAX_FACTS_BYTES) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (hasMagic(bytes, SCRIPT_MAGIC)) return { kind: "script", line: buffer.toString("utf8", MAGIC_BYTES) };
  if (!hasMagic(bytes, ELF_MAGIC) || bytes.length < HEADER_BYTES) return undefined;
  const isProgram = (buffer[MAGIC_BYTES + 5]! & IS_PROGRAM) !== 0;
  const namesAt = HEADER_BYTES + (isProgram ? SHA256_BYTES : 0);
  const { build, ...names } = readNames(buffer.toString("utf8", namesAt));
  return {
    kind: "elf",
    sha256: buffer.toString("hex", HEADER_BYTES, namesAt),
    needs: {
      bits: buffer[MAGIC_BYTES] === 32 ? 32 : 64,
      isLittle: buffer[MAGIC_BYTES + 1] === 1,
      machine: buffer.readUInt16LE(MAGIC_BYTES + 2),
      type: buffer[MAGIC_BYTES + 4]!,
      isProgram,
      ...names,
    },
    ...(build === undefined ? {} : { build }),
  };
}

interface Names extends Omit<ElfNeeds, "bits" | "isLittle" | "machine" | "type" | "isProgram"> {
  readonly build: BuildText | undefined;
}

function readNames(text: string): Names {
  const [, soname = "", interpreter = "", rpath = "", runpath = "", buildId = "", ...lists] = text.split("\0");
  const [needed, versionsNeeded, versionsDefined]: [string[], NeededVersion[], string[]] = [[], [], []];
  let file = "";
  let build: BuildText | undefined;
  for (const each of lists) {
    const name = each.slice(1);
    if (each.startsWith("n")) needed.push(name);
    else if (each.startsWith("f")) file = name;
    else if (/^[vw]/.test(each)) versionsNeeded.push({ file, name, isWeak: each.startsWith("w") });
    else if (each.startsWith("d")) versionsDefined.push(name);
    else if (each.startsWith(BUILD_MARKS.go)) build = { format: "go", text: name };
    else if (each.startsWith(BUILD_MARKS.cargo)) build = { format: "cargo", text: name };
  }
  return { soname, interpreter, rpath, runpath, buildId, needed, versionsNeeded, versionsDefined, build };
}

/** A number for class, byte order and machine: the linker loads only files with an equal one. `undefined` for other files. */
export function machineKey(bytes: Uint8Array | undefined): number | undefined {
  if (bytes === undefined || bytes.length < HEADER_BYTES || bytes.length > MAX_FACTS_BYTES) return undefined;
  if (!hasMagic(bytes, ELF_MAGIC)) return undefined;
  return bytes[4]! + bytes[5]! * 2 ** 8 + bytes[6]! * 2 ** 16 + bytes[7]! * 2 ** 24;
}
