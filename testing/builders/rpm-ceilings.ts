import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdCompressSync } from "node:zlib";
import { CONDENSED_MAGIC } from "#lib/formats/rpm/condensed.ts";
import { Tag } from "#lib/formats/rpm/header.ts";
import type { CeilingCase } from "./ceiling-case.ts";
import {
  berkeleyDatabase,
  encodeHeader,
  ndbDatabase,
  type RpmRecord,
  rpmHeader,
  sqliteDatabase,
} from "./rpm-database.ts";
import { writeStreamedLayout } from "./stream-layout.ts";
import type { TarMember } from "./tar.ts";

const MIB = 1024 ** 2;
const NDB = "usr/lib/sysimage/rpm/Packages.db";
const BERKELEY = "var/lib/rpm/Packages";
const SQLITE = "usr/share/rpm/rpmdb.sqlite";

function repeat<T>(count: number, value: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => value(i));
}

/** 51,000 packages, each with 13 files, nine requirements and a capability that all of them provide. */
function manyPackages(): Buffer {
  const files = repeat(13, (i) => `/d/${i}`);
  const record = (i: number): RpmRecord => ({
    name: `p${i}`,
    requires: [["x"], ["y"], ["/d/3"], ["p1", 12, "1"], ["(p2 or z)"], ["p3"], ["p4"], ["p5"], ["p6"]],
    provides: [["x"]],
    files,
  });
  return ndbDatabase(repeat(51_000, (i) => rpmHeader(record(i))));
}

/** A header of nearly 32 MiB with the most files, and one with more tags than rpm allows. */
function longHeaders(): Buffer[] {
  const common = [
    [Tag.name, "long"],
    [Tag.version, "1"],
    [Tag.release, "1"],
  ] as const; // prettier-ignore
  const names = repeat(660_000, (i) => `${"n".repeat(30)}${i}`);
  const files = [
    [Tag.baseNames, names],
    [Tag.directoryNames, ["/d/"]],
    [Tag.directoryIndexes, names.map(() => 0)],
  ] as const;
  const tags = repeat(65_536, (i) => [i + 2000, "x"] as const);
  return [encodeHeader([...common, ...files]), encodeHeader([...common, ...tags])];
}

/** A database file that SQLite writes into the folder; only its bytes are used. */
function written(folder: string, write: (file: string) => DatabaseSync): Buffer {
  const file = join(folder, "written.sqlite");
  const database = write(file);
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
  return readFileSync(file);
}

function padded(database: Uint8Array, byteCount: number): Buffer {
  const whole = Buffer.alloc(byteCount);
  whole.set(database);
  return whole;
}

/** Packages that all provide one name, and need it as often as a rich dependency can say; and the deepest ones. */
function richPackages(): Buffer {
  const wide = `(${"x and ".repeat(2700)}x)`;
  const deep = `${"(".repeat(66)}x${")".repeat(66)}`;
  const requires = [[wide], [deep], [`(${"y".repeat(17_000)})`], ["c".repeat(5000)]] as const;
  return ndbDatabase(repeat(1500, (i) => rpmHeader({ name: `p${i}`, requires, provides: [["x"]] })));
}

function history(folder: string): Buffer {
  return written(folder, (file) => {
    const database = new DatabaseSync(file);
    database.exec(`create table trans (id integer primary key, state integer);
      create table rpm (item_id integer, name text, arch text);
      create table trans_item (id integer primary key, trans_id integer, item_id integer, action integer, reason integer);
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000)
        insert into rpm select i, printf('%.200c', 'n') || i, 'x' from n;
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 299000) insert into trans select i, 1 from n;
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 300001)
        insert into trans_item select i, 1, i, 1, 2 from n;`);
    return database;
  });
}

/** An image of one layer, whose members are built when the case runs. */
const one = (build: (folder: string) => readonly TarMember[]) => (folder: string) =>
  writeStreamedLayout(folder, [build(folder)]);
const rpm = (file: string, limit: string) => `formats/rpm/${file}.ts ${limit}`;

/** The limits of rpm's databases. */
export const RPM_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "an rpm database of 51,000 packages, 660,000 files and 510,000 capabilities",
    limits: [rpm("package", "MAX_PACKAGES"), rpm("package", "MAX_FILES"), rpm("package", "MAX_DECLARATIONS")],
    write: one(() => [{ path: NDB, body: manyPackages() }, ...repeat(13, (i) => ({ path: `d/${i}`, body: "x" }))]),
    status: 0,
    says: /more than/,
  },
  {
    name: "rpm databases of 96 MiB in two layers, with the longest headers, in each format",
    limits: [
      rpm("header", "MAX_HEADER_BYTES"),
      rpm("header", "MAX_TAGS"),
      "ingest/layers/limits.ts MAX_RPM_DATABASE_BYTES",
    ],
    write: (folder) => {
      const headers = longHeaders();
      const berkeley = berkeleyDatabase(headers, { pageBytes: 4096 });
      const sqlite = written(folder, (file) => sqliteDatabase(file, headers));
      return writeStreamedLayout(folder, [
        [
          { path: BERKELEY, body: padded(berkeley, 96 * MIB) },
          { path: SQLITE, body: sqlite },
        ],
        [{ path: NDB, body: padded(ndbDatabase(headers), 96 * MIB) }],
      ]);
    },
    status: 0,
    says: /not a package's header|more than/,
  },
  {
    name: "an rpm database with 34,000 files in one directory of 2,000 characters",
    limits: [rpm("package", "MAX_PATHS_LENGTH")],
    write: one(() => [
      {
        path: NDB,
        body: ndbDatabase([rpmHeader({ name: "p", files: repeat(34_000, (i) => `/${"d".repeat(2000)}/${i}`) })]),
      },
    ]),
    status: 0,
    says: /characters of paths/,
  },
  {
    name: "files that claim to be condensed rpm databases of 96 MiB, and of more",
    limits: [rpm("condensed", "MAX_CONDENSED_BYTES")],
    write: one(() =>
      [NDB, BERKELEY].map((path, i) => {
        const headers = zstdCompressSync(Buffer.alloc((96 + i) * MIB));
        return { path, body: Buffer.concat([CONDENSED_MAGIC, headers]) };
      }),
    ),
    status: 0,
    says: /more than 1000 faults/,
  },
  {
    name: "1,500 rpm packages that all provide one name and need it 2,700 times",
    limits: [
      rpm("rich", "MAX_RICH_LENGTH"),
      rpm("rich", "MAX_RICH_DEPTH"),
      rpm("package", "MAX_NAME_LENGTH"),
      rpm("package", "MAX_CAPABILITY_LENGTH"),
    ],
    write: one(() => [{ path: NDB, body: richPackages() }]),
    status: 0,
    says: /more than 5000000 dependency candidates/,
  },
  {
    name: "a history of dnf with 300,000 rows a table, and the longest marks",
    limits: [
      rpm("dnf-history", "MAX_HISTORY_ROWS"),
      rpm("dnf-history", "MAX_HISTORY_WORD_BYTES"),
      rpm("install-marks", "MAX_MARKS_LENGTH"),
    ],
    write: one((folder) => [
      { path: NDB, body: ndbDatabase([rpmHeader({ name: "p" })]) },
      {
        path: "usr/lib/sysimage/libdnf5/packages.toml",
        body: repeat(200_000, (i) => `k${i}=1`)
          .join("\n")
          .slice(0, 2 * MIB),
      },
      { path: "var/lib/zypp/AutoInstalled", body: "a\n".repeat(MIB) },
      { path: "var/lib/dnf/history.sqlite", body: history(folder).subarray(0, 32 * MIB) },
    ]),
    status: 0,
  },
];
