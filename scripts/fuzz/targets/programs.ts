import assert from "node:assert/strict";
import {
  elfHeadByteCount,
  isElf,
  listDynamicSymbols,
  listElfRanges,
  MAX_SYMBOL_NAMES,
  parseElf,
  parseElfNeeds,
} from "#lib/formats/elf/index.ts";
import { parseLdSoCache, writeLdSoCache } from "#lib/formats/ld-so-cache/index.ts";
import { matchesGlob, parseLdSoConf, parseMuslPath } from "#lib/formats/ld-so-conf/index.ts";
import {
  interpreterOf,
  isProgramFacts,
  MAX_SCRIPT_LINE_BYTES,
  machineKey,
  parseScriptLine,
  readProgramFacts,
  writeProgramFacts,
} from "#lib/formats/program-facts/index.ts";
import { binaryPurl } from "#lib/formats/purl/index.ts";
import { buildElf } from "#testing/builders/elf.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, toParts, toText } from "../hold.ts";

/** A file is an ELF file or none; every name in it is a path's length at most, and a beginning of it is read, too. */
function checkElf(input: Uint8Array): void {
  const elf = parseElf(input);
  if (elf === undefined) return;
  assert.ok(isElf(input));
  for (const name of [elf.interpreter, elf.soname, elf.rpath, elf.runpath, ...elf.needed])
    assert.ok(name.length <= 4 * 4096);
  assert.match(elf.buildId, /^(?:[0-9a-f]{2}){0,64}$/);
  assert.ok(elf.needed.length <= 4096);
  parseElf(input.subarray(0, input.length >> 1));
}

/** Pieces of a file with a gap between them give no more than the file, and as few names as its limit allows. */
function checkElfNeeds(input: Uint8Array): void {
  const half = input.length >> 1;
  const gap = Math.max(0, half - 16);
  const pieces = [
    { offset: 0, bytes: input.subarray(0, gap) },
    { offset: half, bytes: input.subarray(half) },
  ];
  for (const given of [[{ offset: 0, bytes: input }], pieces]) {
    const { value, problems } = parseElfNeeds(given);
    holdFaults(problems);
    if (value === undefined) continue;
    const { soname, rpath, runpath, needed, versionsNeeded, versionsDefined } = value;
    const names = [soname, rpath, runpath, ...needed, ...versionsDefined];
    for (const { file, name } of versionsNeeded) names.push(file, name);
    assert.ok(names.reduce((sum, name) => sum + name.length, 0) <= 64 * 1024);
    holdWritten({ kind: "elf", sha256: value.isProgram ? "ab".repeat(32) : "", needs: value });
  }
  const symbols = listDynamicSymbols(pieces);
  if (symbols !== undefined) {
    const names = [...symbols.imports, ...symbols.exports];
    assert.ok(names.length <= 200_000 && names.reduce((sum, { length }) => sum + length, 0) <= MAX_SYMBOL_NAMES);
  }
  const headBytes = elfHeadByteCount(input.subarray(0, half), input.length);
  assert.ok(headBytes >= half && headBytes <= input.length);
  const ranges = listElfRanges(input.subarray(0, half));
  assert.ok(ranges.reduce((sum, { byteCount }) => sum + byteCount, 0) <= 1024 ** 2);
}

/** Facts are read as they were written. */
function holdWritten(facts: NonNullable<ReturnType<typeof readProgramFacts>>): void {
  const written = writeProgramFacts(facts);
  assert.deepEqual(readProgramFacts(written), facts);
  assert.equal(machineKey(written) !== undefined, facts.kind === "elf");
}

/** Whatever a document has, it is no facts, or facts that are written as they were read. */
function checkProgramFacts(input: Uint8Array): void {
  machineKey(input);
  const facts = readProgramFacts(input);
  assert.ok(facts === undefined || isProgramFacts(input));
  if (facts?.kind === "script") holdWritten(facts);
  else if (facts !== undefined) writeProgramFacts(facts);
  const line = parseScriptLine(input);
  if (line === undefined) return;
  assert.ok(line.length <= 4 * MAX_SCRIPT_LINE_BYTES);
  assert.ok((interpreterOf(line)?.program.length ?? 0) <= line.length);
}

/** Directories are absolute, and a pattern without stars or question marks is a name. */
function checkLinkerPaths(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parseLdSoConf(text);
  holdFaults(problems);
  const directories = value.filter(({ kind }) => kind === "directory").map(({ path }) => path);
  for (const path of [...directories, ...parseMuslPath(text)]) assert.ok(path.startsWith("/"));
  holdLength(
    value.map(({ path }) => path),
    text,
  );
  const [name = "", pattern = ""] = toParts(input, 2);
  if (!/[*?]/.test(pattern)) assert.equal(matchesGlob(name, pattern), name === pattern);
  assert.ok(matchesGlob(name, "*") && matchesGlob(name, `${name.slice(0, 1)}*`));
  if (name !== "") assert.match(binaryPurl(name, "00"), /^pkg:generic\//);
}

/** What was read of a cache is written, and read again, in the order of the linker. */
function checkLinkerCache(input: Uint8Array): void {
  const { value, problems } = parseLdSoCache(input);
  holdFaults(problems);
  if (value === undefined) return;
  const again = parseLdSoCache(writeLdSoCache(value)).value!;
  assert.equal(again.generator, value.generator);
  assert.equal(again.entries.length, value.entries.filter(({ hwcap }) => hwcap === 0n).length);
  assert.deepEqual(parseLdSoCache(writeLdSoCache(again)).value, again);
}

const LIBRARY = {
  needed: ["libc.so.6"],
  soname: "liba.so.1",
  runpath: "/lib",
  buildId: "00112233",
  interpreter: "/ld",
};
const VERSIONED = {
  ...LIBRARY,
  versionsNeeded: { "libc.so.6": ["GLIBC_2.34", "GLIBC_2.2.5"], "libm.so.6": ["GLIBC_2.29"] },
  versionsDefined: ["A_1", "A_2"],
  imports: ["open"],
  exports: ["run", "stop"],
};
const FORMS = ([32, 64] as const).flatMap((bits) => [true, false].map((isLittle) => ({ bits, isLittle })));

export const PROGRAM_TARGETS: readonly FuzzTarget[] = [
  {
    name: "elf",
    maxLength: 4096,
    check: checkElf,
    seeds: FORMS.map((form) => buildElf({ ...LIBRARY, ...form })),
  },
  {
    name: "elf-needs",
    maxLength: 4096,
    check: checkElfNeeds,
    seeds: FORMS.map((form) => buildElf({ ...VERSIONED, ...form })),
  },
  {
    name: "program-facts",
    maxLength: 1024,
    check: checkProgramFacts,
    dictionary: ["#!", "/usr/bin/env ", "-S", "\0n", "\0f", "\0v", "\0d", "SGe1", "SGs1"],
    seeds: [
      "SGs1/bin/sh",
      "SGe1\x40\x01\x3e\x00\x03\x00\0liba.so\0\0\0$ORIGIN\0ab\0nlibc.so.6\0flibc.so.6\0vGLIBC_2\0dA_1",
      "#!/usr/bin/env -S A=1 node\n",
    ],
  },
  {
    name: "linker-cache",
    maxLength: 1024,
    check: checkLinkerCache,
    seeds: ["", "ldconfig (GNU libc) 2.41"].map((generator) => {
      const entry = { name: "liba.so.1", path: "/lib/liba.so.1", flags: 0x303, hwcap: 0n };
      return writeLdSoCache({ entries: [entry, { ...entry, name: "libb.so", path: "/lib/libb.so" }], generator });
    }),
  },
  {
    name: "linker-paths",
    maxLength: 1024,
    check: checkLinkerPaths,
    dictionary: ["include ", "*.conf", "?", "/usr/lib", "=libc6", "#", "hwcap "],
    seeds: ["/usr/local/lib\ninclude /etc/ld.so.conf.d/*.conf # x\n/lib=libc6\n", "a.conf\0*.c?nf", "/lib:/usr/lib\n"],
  },
];
