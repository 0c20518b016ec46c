import type { CeilingCase } from "./ceiling-case.ts";
import { writeStreamedLayout } from "./stream-layout.ts";

const MIB = 1024 ** 2;
const list = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const database = (folder: string, body: string) => ({ path: `${folder}/vendor/composer/installed.json`, body });
const names = (count: number) => Object.fromEntries(list(count, (i) => [`v/p${i}`, "*"]));

/** Packages that all provide one name and need it, in directories inside each other. */
const manyPackages = JSON.stringify(
  list(20_001, (i) => ({ name: `v/p${i}`, version: "1", require: { "v/x": "*" }, provide: { "v/x": "1" } })),
);
const widePackages = JSON.stringify({
  packages: list(15, (i) => ({ name: `w/p${i}`, version: "1", require: names(5001), replace: names(5001) })),
});

/** The limits of Composer's documents. */
export const COMPOSER_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "20,000 Composer packages that all provide one name and need it, 15 with 5,000 names, and documents of 8 MiB",
    limits: [
      "formats/composer/installed-json.ts MAX_COMPOSER_PACKAGES",
      "formats/composer/read-json.ts MAX_COMPOSER_BYTES",
      "formats/composer/read-json.ts MAX_COMPOSER_NAMES",
      "formats/composer/read-json.ts MAX_COMPOSER_VALUES",
      "ingest/layers/documents.ts MAX_COMPOSER_PROJECT_BYTES",
    ],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          database("many", manyPackages),
          database("wide", widePackages),
          database("values", `[${"{},".repeat(MIB)}{}]`),
          database("long", `["${"x".repeat(8 * MIB)}"]`),
          { path: "wide/composer.json", body: `[${"{},".repeat(300_000)}{}]` },
        ],
      ]),
    status: 0,
    says: /dependency candidates/,
  },
];
