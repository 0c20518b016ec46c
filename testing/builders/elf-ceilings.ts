import type { CeilingCase } from "./ceiling-case.ts";
import { buildElf, type TestElf } from "./elf.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import type { TarMember } from "./tar.ts";

const MIB = 1024 ** 2;

function repeat<T>(count: number, value: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => value(i));
}

/** Needs of 4,100 entries, and of more names than are read; versions, notes and program headers beyond what is read. */
function largestFiles(): Uint8Array[] {
  const names = (length: number, count: number) => repeat(count, (i) => `${i}`.padStart(length, "x"));
  const versionsNeeded = { "liba.so": names(5, 2100) };
  const given: TestElf[] = [
    { needed: names(7, 4100) },
    { needed: names(12, 4000), rpath: "/a:".repeat(1300) },
    { interpreter: `/${"i".repeat(5000)}`, versionsNeeded, versionsDefined: names(5, 2100), buildId: "ab".repeat(70) },
  ];
  const headers = Buffer.from(buildElf());
  headers.writeUInt16LE(300, 56);
  return [...given.map(buildElf), headers];
}

/** A file with a segment of a MiB beyond the beginning that is kept. */
function longFile(): Uint8Array {
  const bytes = Buffer.alloc(12 * MIB);
  bytes.set(buildElf({ needed: ["liba.so"] }));
  bytes.writeBigUInt64LE(BigInt(10 * MIB), 64 + 56 + 8);
  bytes.writeBigUInt64LE(BigInt(MIB), 64 + 56 + 32);
  return bytes;
}

/** 56 MiB of facts in four layers, each of which also has files in pieces. */
function* manyFacts(layer: number): Generator<TarMember> {
  const files = largestFiles();
  for (let i = 0; i < 3; i++) yield { path: `long/${layer}/${i}`, body: longFile() };
  for (let i = 0; i < 800; i++) yield { path: `x/${layer}/${i}`, body: files[i % files.length]! };
}

/** 12,000 programs without a package, each with needs of its own, and as many scripts. */
function* manyPrograms(): Generator<TarMember> {
  for (let i = 0; i < 12_000; i++) {
    const needed = repeat(6, (j) => `lib${i}-${j}.so`);
    yield { path: `p/${i}`, body: buildElf({ type: 2, needed, runpath: "/a:$ORIGIN:/b" }), mode: 0o755 };
    yield { path: `s/${i}`, body: `#!/usr/bin/env ${"x".repeat(400)}`, mode: 0o755 };
  }
}

/** 1,100 included files, a file of more lines than are read, and musl's own. */
function* manyDirectories(): Generator<TarMember> {
  yield { path: "etc/ld.so.conf", body: `/d\ninclude ld.so.conf.d/*\n` };
  for (let i = 0; i < 1100; i++) yield { path: `etc/ld.so.conf.d/${i}`, body: `/d/${i}/a\n`.repeat(12) };
  yield { path: "etc/ld.so.conf.d/0a", body: repeat(11_000, (i) => `/e/${i}`).join("\n") };
  yield { path: "etc/ld-musl-x86_64.path", body: "/m:".repeat(40_000) };
  yield { path: "lib/ld-musl-x86_64.so.1", body: buildElf({ soname: "libc.so" }) };
}

/** 80 libraries of many versions, and 200 programs that need them 4,000 times each, with a thousand versions that are missing. */
function* manyLoads(): Generator<TarMember> {
  for (let i = 0; i < 80; i++) {
    const versionsDefined = repeat(1000, (j) => `V_${j}`);
    yield { path: `usr/lib/l${i}.so`, body: buildElf({ soname: `l${i}.so`, versionsDefined }) };
  }
  const needed = repeat(4000, (j) => `l${j % 80}.so`);
  const versionsNeeded = { "l0.so": repeat(1000, (j) => `V_${500 + j}`) };
  const body = buildElf({ type: 2, needed, versionsNeeded });
  for (let i = 0; i < 200; i++) yield { path: `p/${i}`, body, mode: 0o755 };
}

export const ELF_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "programs with as many names as are read, in as many documents as are kept",
    limits: [
      "formats/elf/elf-bytes.ts MAX_NAME_BYTES",
      "formats/elf/list-ranges.ts MAX_ELF_RANGE_BYTES",
      "formats/elf/name-reader.ts MAX_NAMES_BYTES",
      "formats/elf/segments.ts MAX_BUILD_ID_BYTES",
      "formats/elf/segments.ts MAX_DYNAMIC_ENTRIES",
      "formats/elf/segments.ts MAX_NOTE_BYTES",
      "formats/elf/segments.ts MAX_PROGRAM_HEADERS",
      "formats/elf/symbol-versions.ts MAX_VERSIONS",
      "model/program-facts.ts MAX_FACTS_BYTES",
      "ingest/layers/program-reader.ts MAX_ELF_HEAD_BYTES",
      "ingest/packages/library-search.ts MAX_LIBRARY_LOOKUPS",
    ],
    write: (folder) => writeStreamedLayout(folder, repeat(4, manyFacts)),
    status: 0,
  },
  {
    name: "programs that load more libraries than are kept, of versions that are missing",
    limits: [
      "ingest/packages/observed-edges.ts MAX_FILE_LOADS",
      "ingest/packages/symbol-versions.ts MAX_CACHED_LIBRARIES",
    ],
    write: (folder) => writeStreamedLayout(folder, [manyLoads()]),
    status: 0,
  },
  {
    name: "12,000 programs without a package, and more directories of libraries than are read",
    limits: [
      "formats/ld-so-conf/ld-so-conf.ts MAX_CONF_LINES",
      "formats/ld-so-conf/ld-so-conf.ts MAX_MUSL_PATH_LENGTH",
      "formats/program-facts/script-line.ts MAX_SCRIPT_LINE_BYTES",
      "ingest/packages/library-paths.ts MAX_CONF_DIRECTORIES",
      "ingest/packages/library-paths.ts MAX_CONF_FILES",
      "ingest/packages/library-search.ts MAX_CACHED_DIRECTORIES",
      "ingest/packages/observed-edges.ts MAX_MISSING_NEEDS",
      "ingest/packages/programs.ts MAX_BINARIES",
    ],
    write: (folder) => writeStreamedLayout(folder, [manyPrograms(), manyDirectories()]),
    status: 0,
  },
];
