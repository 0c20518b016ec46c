import type { CeilingCase } from "./ceiling-case.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import type { TarMember } from "./tar.ts";

const MIB = 1024 ** 2;
const SITE = "usr/local/lib/python3.13/site-packages";

const python = (file: string, limit: string) => `formats/python/${file}.ts ${limit}`;

function member(path: string, text: string): TarMember {
  return { path: `${SITE}/${path}`, body: Buffer.from(text) };
}

function repeat(count: number, value: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => value(i)).join("");
}

/** 40,000 distributions with ten requirements and a list of files each. */
function* manyDistributions(): Generator<TarMember> {
  const requires = repeat(9, (i) => `Requires-Dist: p${i}>=1; python_version > "3" and extra != "x"\n`);
  for (let i = 0; i < 40_000; i++) {
    yield member(`p${i}-1.dist-info/METADATA`, `Name: p${i}\nVersion: 1\n${requires}Requires-Dist: gone\n`);
    yield member(`p${i}-1.dist-info/RECORD`, `p${i}-1.dist-info/METADATA,sha256=${"a".repeat(43)},1\n`);
  }
}

/** A distribution of the most requirements, with long markers, whose extras others ask for. */
function manyExtras(): TarMember[] {
  const marker = repeat(90, (i) => `extra == 'e${i}' or `);
  const requirements = repeat(2000, (i) => `Requires-Dist: b${i}; ${marker}extra == "f${i}"\n`);
  const more = repeat(8001, (i) => `Requires-Dist: c${i}; extra == "f${i}"\n`);
  const extras = (from: number) => Array.from({ length: 64 }, (_, i) => `e${from * 64 + i}`).join(",");
  const asking = repeat(
    150,
    (i) => `Requires-Dist: a[${extras(i)}]${repeat(64, (j) => `${j === 0 ? "" : ","}!=1${j}`)}\n`,
  );
  return [
    member("a-1.dist-info/METADATA", `Name: a\nVersion: 1\n${requirements}${more}`),
    member("z-1.dist-info/METADATA", `Name: z\nVersion: 1\n${asking}`),
  ];
}

/** Lists and headers beyond their limits. */
function longLists(): TarMember[] {
  return [
    member("a-1.dist-info/METADATA", `Name: a\nVersion: 1\nRequires-Dist: ${"x".repeat(5 * MIB)}`),
    member(
      "a-1.dist-info/RECORD",
      repeat(1_100_000, (i) => `${"../".repeat(6)}${i}\n`),
    ),
    member("b-1.egg-info/PKG-INFO", "Name: b\n"),
    member(
      "b-1.egg-info/top_level.txt",
      repeat(2000, (i) => `m${i}\n`),
    ),
    member(
      "b-1.egg-info/requires.txt",
      repeat(200_000, () => `a>1${",>1".repeat(20)}\n`),
    ),
    member("long.pth", "x".repeat(65 * 1024)),
    ...Array.from({ length: 20 }, (_, i) =>
      member(
        `${i}.pth`,
        repeat(1001, (j) => `d/${i * 1001 + j}\n`),
      ),
    ),
    ...Array.from({ length: 20_020 }, (_, i) => member(`d/${i}/x`, "")),
  ];
}

/** Records at the maximum of values, and over it. */
function condaRecords(): TarMember[] {
  const texts = (count: number) => Array.from({ length: count }, (_, i) => `lib/${i}`);
  return Array.from({ length: 12 }, (_, i) => ({
    path: `opt/conda/conda-meta/p${i}-1-0.json`,
    body: Buffer.from(JSON.stringify({ name: `p${i}`, depends: texts(5001), files: texts(594_000 + 1000 * (i % 2)) })),
  }));
}

/** Every limit of what is read about Python packages. */
export const PYTHON_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "40,000 Python distributions with ten requirements each",
    limits: [],
    write: (folder) => writeStreamedLayout(folder, [manyDistributions()]),
    status: 0,
  },
  {
    name: "a Python distribution of 10,001 requirements, whose extras another asks for",
    limits: [python("metadata", "MAX_REQUIREMENTS"), "ingest/packages/python-edges.ts MAX_EVALUATED_LENGTH"],
    write: (folder) => writeStreamedLayout(folder, [manyExtras()]),
    status: 0,
    says: /characters of Python requirements/,
  },
  {
    name: "Python's lists with more than a million files, and 20,000 directories in .pth files",
    limits: [
      python("file-lists", "MAX_LISTED_FILES"),
      python("file-lists", "MAX_TOP_LEVEL"),
      python("metadata", "MAX_HEADERS_LENGTH"),
      python("pyvenv", "MAX_CONFIGURATION_LENGTH"),
      python("pyvenv", "MAX_PTH_PATHS"),
      "ingest/packages/python-sites.ts MAX_ADDED_DIRECTORIES",
    ],
    write: (folder) => writeStreamedLayout(folder, [longLists()]),
    status: 0,
    says: /directories in \.pth files/,
  },
  {
    name: "conda packages of 594,000 files and 5,001 dependencies, and of more",
    limits: ["formats/conda/conda-record.ts MAX_CONDA_VALUES", "formats/conda/conda-record.ts MAX_CONDA_DEPENDENCIES"],
    write: (folder) => writeStreamedLayout(folder, [condaRecords()]),
    status: 0,
    says: /more than 600000 values/,
  },
];
