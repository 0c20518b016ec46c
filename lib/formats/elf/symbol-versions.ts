import type { NeededVersion } from "#lib/model/elf-needs.ts";
import type { ElfBytes } from "./elf-bytes.ts";
import type { NameReader } from "./name-reader.ts";

/** Versions and files of versions read of one file; the C library defines some fifty. */
const MAX_VERSIONS = 2048;

/** Bytes of the structures (Linux Standard Base, "Symbol Versioning"), the same for both classes. */
const NEED_BYTES = 16;
const DEFINITION_BYTES = 20;
const NAME_BYTES = 8;
/** The definition that names the file itself. */
const IS_BASE = 1;
/** A version that the linker may go without. */
const IS_WEAK = 2;

/** `.gnu.version_r`, found by its address: files, each with the versions needed of it. */
export function listNeededVersions(file: ElfBytes, start: number, count: number, names: NameReader): NeededVersion[] {
  const needed: NeededVersion[] = [];
  let steps = 0;
  let at = start;
  for (let i = 0; i < count && file.has(at, NEED_BYTES); i++) {
    if (++steps > MAX_VERSIONS) return cutOff(file, needed);
    const [versions, nameAt, aux, next] = [file.half(at + 2), file.word(at + 4), file.word(at + 8), file.word(at + 12)];
    const from = names.read(nameAt);
    for (let j = 0, one = at + aux; j < versions && file.has(one, NEED_BYTES); j++) {
      if (++steps > MAX_VERSIONS) return cutOff(file, needed);
      const further = file.word(one + 12);
      const isWeak = (file.half(one + 4) & IS_WEAK) !== 0;
      needed.push({ file: from, name: names.read(file.word(one + 8)), isWeak });
      if (further === 0) break;
      one += further;
    }
    if (next === 0) break;
    at += next;
  }
  return needed;
}

/** `.gnu.version_d`: the versions that a library defines, without its own name. */
export function listDefinedVersions(file: ElfBytes, start: number, count: number, names: NameReader): string[] {
  const defined: string[] = [];
  let at = start;
  for (let i = 0; i < count && file.has(at, DEFINITION_BYTES); i++) {
    if (i === MAX_VERSIONS) return cutOff(file, defined);
    const [flags, aux, next] = [file.half(at + 2), file.word(at + 12), file.word(at + 16)];
    if ((flags & IS_BASE) === 0 && file.has(at + aux, NAME_BYTES)) defined.push(names.read(file.word(at + aux)));
    if (next === 0) break;
    at += next;
  }
  return defined;
}

function cutOff<T>(file: ElfBytes, list: T[]): T[] {
  file.isIncomplete = true;
  return list;
}
