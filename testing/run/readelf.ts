import { spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { ElfNeeds } from "#lib/formats/elf/index.ts";

/** What binutils prints of a file, in the product's words. */
export type ReadelfFacts = Pick<
  ElfNeeds,
  "bits" | "interpreter" | "soname" | "needed" | "rpath" | "runpath" | "versionsNeeded" | "versionsDefined" | "buildId"
>;

const FILES_AT_ONCE = 50;
const MAX_OUTPUT_BYTES = 512 * 1024 ** 2;

export const hasReadelf = spawnSync("readelf", ["--version"]).error === undefined;

/** The regular files under a directory that begin like an ELF file, in order of their paths. */
export function listElfFiles(directory: string): string[] {
  const files: string[] = [];
  for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) files.push(...listElfFiles(path));
    else if (entry.isFile() && beginsLikeElf(path)) files.push(path);
  }
  return files;
}

function beginsLikeElf(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(4);
    return readSync(file, head, 0, 4, 0) === 4 && head.equals(Buffer.from("\x7fELF"));
  } finally {
    closeSync(file);
  }
}

/** By file. Object files, which have no program headers, are not among them. */
export function* readWithReadelf(files: readonly string[]): Generator<[file: string, facts: ReadelfFacts]> {
  for (let i = 0; i < files.length; i += FILES_AT_ONCE) {
    const some = files.slice(i, i + FILES_AT_ONCE);
    // The empty file makes readelf print names even for one file; it complains about it on standard error.
    const args = ["-h", "-l", "-d", "-V", "-n", "-W", "--", ...some, "/dev/null"];
    const run = spawnSync("readelf", args, { encoding: "latin1", maxBuffer: MAX_OUTPUT_BYTES });
    const parts = run.stdout.split(/^\nFile: /m).slice(1);
    for (const part of parts) {
      const end = part.indexOf("\n");
      const file = part.slice(0, end);
      const text = part.slice(end);
      if (/^ +Type: +(?:DYN|EXEC)/m.test(text)) yield [file, toFacts(text)];
    }
  }
}

function toFacts(text: string): ReadelfFacts {
  const one = (pattern: RegExp) => pattern.exec(text)?.[1] ?? "";
  return {
    bits: one(/Class: +ELF(\d+)/) === "32" ? 32 : 64,
    interpreter: one(/\[Requesting program interpreter: (.*)\]/),
    soname: one(/\(SONAME\) +Library soname: \[(.*)\]/),
    needed: Array.from(text.matchAll(/\(NEEDED\) +Shared library: \[(.*)\]/g), ([, name]) => name!),
    rpath: one(/\(RPATH\) +Library rpath: \[(.*)\]/),
    runpath: one(/\(RUNPATH\) +Library runpath: \[(.*)\]/),
    versionsNeeded: toNeeded(text),
    versionsDefined: toDefined(text),
    buildId: isLoadedNote(text) ? one(/Build ID: ([0-9a-f]+)/) : "",
  };
}

/**
 * Whether a note segment has the build id. Go's linker writes one into a section only: who loads the program, or strips its sections,
 * does not know of it.
 */
function isLoadedNote(text: string): boolean {
  if (!text.includes("Displaying notes found in: .note.gnu.build-id")) return true;
  const types = Array.from(text.matchAll(/^ {2}([A-Z_]+) +0x[0-9a-f]+ 0x[0-9a-f]+ 0x/gm), ([, type]) => type);
  const sections = Array.from(text.matchAll(/^ {3}\d\d +(.*)$/gm), ([, names]) => names!.split(" "));
  return sections.some((names, i) => types[i] === "NOTE" && names.includes(".note.gnu.build-id"));
}

function toNeeded(text: string): ReadelfFacts["versionsNeeded"] {
  const needed: { file: string; name: string; isWeak: boolean }[] = [];
  let from = "";
  for (const [, file, name, flags] of text.matchAll(
    /Version: \d+ +File: (\S+) +Cnt:|^ +\S+: +Name: (\S+) +Flags: (.*) Version: \d+/gm,
  )) {
    if (file !== undefined) from = file;
    else needed.push({ file: from, name: name!, isWeak: flags!.includes("WEAK") });
  }
  return needed;
}

function toDefined(text: string): string[] {
  const lines = text.matchAll(/Rev: \d+ +Flags: (.*?) +Index: \d+ +Cnt: \d+ +Name: (\S+)/g);
  return Array.from(lines).flatMap(([, flags, name]) => (flags!.includes("BASE") ? [] : [name!]));
}
