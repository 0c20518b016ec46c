import { deflateSync } from "node:zlib";
import { crateStream, goBlob, withLoaded, withUnloaded } from "./build-data.ts";
import type { CeilingCase } from "./ceiling-case.ts";
import { buildElf } from "./elf.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import type { TarMember } from "./tar.ts";

const MIB = 1024 ** 2;
const ELF = buildElf({ type: 2 });
const list = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const lines = (count: number, line: (i: number) => string) => list(count, line).join("");

/** Modules of which every program has many of its own, of a text as long as is kept. */
function goProgram(i: number): Uint8Array {
  const modules = lines(10_001, (j) => `dep\tm/${(i * 500 + j) % 60_000}\tv1.0.0\n`);
  return withLoaded(ELF, goBlob("go1.24.4", `mod\tm\tv1.0.0\n${modules}${"build\ta=b\n".repeat(201)}`));
}

/** Crates that all depend on ten others. */
function cargoProgram(i: number): Uint8Array {
  const packages = list(5001, (j) => ({
    name: `c${(i * 500 + j) % 30_000}`,
    version: "1",
    ...(j < 4600 ? { dependencies: list(11, (k) => k) } : { root: true }),
  }));
  return withUnloaded(ELF, crateStream(packages, 1));
}

/** Marks and streams that lead to nothing, beyond the beginning that is copied, and texts longer than is read. */
function misleading(): Uint8Array[] {
  const marks = Buffer.alloc(9 * MIB, Buffer.from("\xff Go buildinf:xx", "latin1"));
  const streams = Buffer.alloc(9 * MIB, Buffer.alloc(64).fill(deflateSync('{"other":[]}'), 0, 16));
  const starts = Buffer.alloc(9 * MIB, Uint8Array.of(0x78, 0x9c));
  const long = goBlob("go1.24.4", "dep\tm/b\tv1.0.0\n".repeat(40_000));
  const wide = goBlob("go1.24.4", Buffer.alloc(200_000, "\x80\n", "latin1"));
  const crates = crateStream(list(20_000, (i) => ({ name: `c${i}`, version: "1.0.0" })));
  const noise = crateStream(
    list(60_000, (i) => ({ name: Math.imul(i, 2654435761).toString(36), version: "1" })),
    1,
  );
  return [
    withLoaded(ELF, marks),
    withUnloaded(ELF, streams),
    withUnloaded(ELF, starts),
    withLoaded(ELF, long),
    withLoaded(ELF, wide),
    withUnloaded(ELF, crates),
    withUnloaded(ELF, noise),
  ];
}

function* programs(layer: number): Generator<TarMember> {
  for (const [i, body] of misleading().entries()) yield { path: `x/${layer}/${i}`, body, mode: 0o755 };
  for (let i = 0; i < 30; i++) yield { path: `go/${layer}/${i}`, body: goProgram(layer * 30 + i), mode: 0o755 };
  for (let i = 0; i < 30; i++) yield { path: `rs/${layer}/${i}`, body: cargoProgram(layer * 30 + i), mode: 0o755 };
}

/** The limits of what is kept of programs' builds. */
export const BUILD_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "programs of Go and Rust with as many modules and crates as are read, and marks that lead to nothing",
    limits: [
      "formats/cargo-auditable/crate-list.ts MAX_CRATE_LIST_BYTES",
      "formats/cargo-auditable/crate-list.ts MAX_CRATE_STREAM_BYTES",
      "formats/cargo-auditable/parse-crates.ts MAX_CRATES",
      "formats/cargo-auditable/parse-crates.ts MAX_CRATE_DEPENDENCIES",
      "formats/go-build/go-blob.ts MAX_GO_BLOB_BYTES",
      "formats/go-build/module-info.ts MAX_GO_MODULES",
      "formats/go-build/module-info.ts MAX_GO_SETTINGS",
      "model/program-facts.ts MAX_BUILD_TEXT_BYTES",
      "ingest/layers/build-finder.ts MAX_CRATE_PLACES",
      "ingest/layers/build-finder.ts MAX_CRATE_PROBES",
      "ingest/layers/build-finder.ts MAX_GO_PLACES",
    ],
    write: (folder) => writeStreamedLayout(folder, [programs(0), programs(1)]),
    status: 0,
  },
];
