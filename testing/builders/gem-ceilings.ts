import type { CeilingCase } from "./ceiling-case.ts";
import { gemspec } from "./gems.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import type { TarMember } from "./tar.ts";

const HOME = "usr/local/bundle";
const MIB = 1024 ** 2;
/** As long as a version may be, and equal up to its end. */
const LONG_VERSION = `1${".1".repeat(63)}`;

const list = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const member = (home: string, fullName: string, body: string): TarMember => ({
  path: `${home}/specifications/${fullName}.gemspec`,
  body,
});

/** Gems that need each other by long requirements, with as many dependencies and programs as one may have. */
function* wideGems(): Generator<TarMember> {
  const needs = list(5001, (i) => [`p${i % 40}`, ...list(3, () => `>= ${LONG_VERSION}`), `!= ${i}`] as const);
  const executables = list(1001, (i) => `program-${i}`);
  for (let i = 0; i < 40; i++)
    yield member(HOME, `p${i}-${LONG_VERSION}`, gemspec(`p${i}`, LONG_VERSION, { needs, executables }));
}

/** One gem in many versions, homes and directories of extensions. */
function* manyGems(): Generator<TarMember> {
  for (let i = 0; i < 60_000; i++) {
    const version = `1.${i}`;
    yield member(`h${i % 3000}`, `p-${version}`, gemspec("p", version, { needs: [["p", `= 1.${i - 1}`]] }));
  }
  for (let i = 0; i < 3000; i++) yield { path: `h0/extensions/x/${i}/p-1.0/p.so`, body: "x" };
}

/** The limits of Ruby's gems. */
export const GEM_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "40 gems of 5,000 dependencies and 1,000 programs, gemspecs and lock files of 1 MiB",
    limits: [
      "formats/gem/gemspec.ts MAX_GEM_DEPENDENCIES",
      "formats/gem/gemspec.ts MAX_EXECUTABLES",
      "formats/gem/lockfile.ts MAX_LOCKED",
      "ingest/layers/documents.ts MAX_GEMSPEC_BYTES",
      "ingest/layers/documents.ts MAX_GEM_LOCK_BYTES",
    ],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          ...wideGems(),
          member(HOME, "long-1", "\n".repeat(MIB)),
          { path: "Gemfile.lock", body: `DEPENDENCIES\n${list(60_000, (i) => `  d${i}\n`).join("")}` },
        ],
      ]),
    status: 0,
    says: /more than/,
  },
  {
    name: "60,000 versions of one gem in 3,000 homes",
    limits: [],
    write: (folder) => writeStreamedLayout(folder, [manyGems()]),
    status: 0,
    says: /dependency candidates/,
  },
];
