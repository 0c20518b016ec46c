import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  berkeleyDatabase,
  encodeHeader,
  ndbDatabase,
  type RpmRecord,
  rpmHeader,
  sqliteDatabase,
} from "#testing/builders/rpm-database.ts";
import { isCondensed } from "./condensed.ts";
import { condenseRpmDatabase, parseRpmDatabase } from "./database.ts";
import { Tag } from "./header.ts";
import { MAX_DECLARATIONS, MAX_FILES, MAX_NAME_LENGTH, MAX_PACKAGES, MAX_PATHS_LENGTH } from "./package.ts";

const NONE = new Uint8Array(0);
const parse = (database: Uint8Array, wal: Uint8Array = NONE) => parseRpmDatabase({ database, wal });
const condense = (database: Uint8Array, wal: Uint8Array = NONE) => condenseRpmDatabase({ database, wal });

const RECORDS: readonly RpmRecord[] = [
  {
    name: "bash",
    version: "5.2.26",
    release: "1.fc40",
    requires: [
      ["/bin/sh"],
      ["libc.so.6()(64bit)"],
      ["rpmlib(FileDigests)", 1 << 24, "4.6.0-1"],
      ["filesystem", 12, "3"],
    ],
    provides: [
      ["bash", 8, "5.2.26-1.fc40"],
      ["config(bash)", 8, "1"],
    ],
    files: ["/usr/bin/bash", "/usr/bin/sh", "/etc/skel/.bashrc", "/"],
    ghosts: ["/var/log/bash.log"],
    absent: ["/usr/share/doc/bash"],
  },
  { name: "tiny", epoch: 0, arch: "" },
  { name: "gpg-pubkey", version: "a15b79cc", release: "63d04c2c" },
  { name: "long", epoch: 2, files: Array.from({ length: 200 }, (_, i) => `/usr/share/long/${i}`) },
];
const EXPECTED = [
  {
    name: "bash",
    epoch: "",
    version: "5.2.26",
    release: "1.fc40",
    arch: "x86_64",
    requires: [
      { name: "/bin/sh", sense: 0, version: "" },
      { name: "libc.so.6()(64bit)", sense: 0, version: "" },
      { name: "filesystem", sense: 12, version: "3" },
    ],
    provides: [{ name: "bash", sense: 8, version: "5.2.26-1.fc40" }],
    files: ["usr/bin/bash", "usr/bin/sh", "etc/skel/.bashrc", ""],
    ghosts: ["var/log/bash.log"],
    absent: ["usr/share/doc/bash"],
  },
  expect.objectContaining({ name: "tiny", epoch: "0", arch: "", files: [] }),
  expect.objectContaining({ name: "long", epoch: "2", files: expect.arrayContaining(["usr/share/long/199"]) }),
];

describe("the databases of rpm", () => {
  let folder: string;
  const headers = RECORDS.map(rpmHeader);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "stratigraph-rpm-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ["NDB", () => ndbDatabase(headers)],
    ["Berkeley DB", () => berkeleyDatabase(headers)],
    ["Berkeley DB of a big-endian machine", () => berkeleyDatabase(headers, { isBig: true, pageBytes: 4096 })],
  ])("%s: the packages, without rpm's own features and keys", (_, build) => {
    expect(parse(build())).toEqual({ value: EXPECTED, problems: [] });
  });

  it("SQLite: the packages in the file, and those that only its log has", () => {
    const file = join(folder, "rpmdb.sqlite");
    const database = sqliteDatabase(file, headers.slice(0, 2));
    database.exec("pragma wal_checkpoint(truncate)");
    sqliteDatabase(file, headers.slice(2)).close();
    const [bytes, log] = [readFileSync(file), readFileSync(`${file}-wal`)];
    database.close();
    expect(parse(bytes).value.map(({ name }) => name)).toEqual(["bash", "tiny"]);
    expect(parse(bytes, log)).toEqual({ value: EXPECTED, problems: [] });
    expect(parse(condense(bytes, log)!)).toEqual({ value: EXPECTED, problems: [] });
  });

  it("an empty file has no packages; other bytes are reported", () => {
    expect(parse(NONE)).toEqual({ value: [], problems: [] });
    expect(parse(Buffer.from("hello")).problems.map(({ message }) => message)).toEqual(["not a database of rpm"]);
  });

  it("condensed, a database has the same packages; a damaged one is kept as it is", () => {
    const database = ndbDatabase(headers);
    const condensed = condense(database)!;
    expect(isCondensed(condensed)).toBe(true);
    expect(condensed.length).toBeLessThan(database.length / 3);
    expect(parse(condensed)).toEqual(parse(database));
    expect(condense(condensed)).toBeUndefined();
    expect(condense(database.subarray(0, -40))).toBeUndefined();
  });
});

describe("damage", () => {
  it.each([
    ["NDB", ndbDatabase],
    ["Berkeley DB", berkeleyDatabase],
  ])("%s: a damaged header loses its own package only", (_, build) => {
    const bad = Buffer.from("not a header, but long enough to be one of the records of a database");
    const { value, problems } = parse(build([rpmHeader({ name: "a" }), bad, rpmHeader({ name: "b" })]));
    expect(value.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(problems).toHaveLength(1);
  });

  it("a chain of pages that leads back is a damaged record", () => {
    const database = berkeleyDatabase([rpmHeader(RECORDS[3]!)]);
    const overflow = database.indexOf(7, 512 * 3 + 25) - 25;
    database.writeUInt32LE(overflow / 512, overflow + 16);
    expect(parse(database).problems.map(({ message }) => message)).toEqual(["page 2 has a damaged record"]);
  });

  it.each([
    ["a name", { name: "" }, /package "" has no name$/],
    ["a version", { name: "a", version: "1 2" }, /package "a" has a bad version "1 2"/],
    ["a release", { name: "a", release: "r".repeat(MAX_NAME_LENGTH + 1) }, /package "a" has a bad release/],
  ])("without %s a package is reported and left out", (_, record, message) => {
    const { value, problems } = parse(ndbDatabase([rpmHeader(record)]));
    expect(value).toEqual([]);
    expect(problems.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
  });

  it("a list of files that does not fit together is reported, and the package kept", () => {
    const header = encodeHeader([
      [Tag.name, "a"],
      [Tag.version, "1"],
      [Tag.release, "1"],
      [Tag.baseNames, ["x", "y"]],
      [Tag.directoryNames, ["/usr/"]],
      [Tag.directoryIndexes, [0, 1]],
    ]);
    const { value, problems } = parse(ndbDatabase([header]));
    expect(value).toMatchObject([{ name: "a", files: [] }]);
    expect(problems.map(({ message }) => message)).toEqual(["a: the list of files is damaged"]);
  });

  it("whole paths, as in packages older than rpm 4", () => {
    const old: [number, string | string[]][] = [
      [Tag.name, "a"],
      [Tag.version, "1"],
      [Tag.release, "1"],
      [Tag.oldFileNames, ["/bin/x", "/etc/y"]],
    ];
    expect(parse(ndbDatabase([encodeHeader(old)])).value).toMatchObject([{ files: ["bin/x", "etc/y"] }]);
  });

  it("no bytes make it throw", () => {
    const whole = [ndbDatabase, berkeleyDatabase].map((build) => build(RECORDS.slice(0, 2).map(rpmHeader)));
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...whole), changes, (database, changed) => {
        const bytes = Uint8Array.from(database);
        for (const [at, value] of changed) bytes[at % bytes.length] = value;
        for (const { name, version } of parse(bytes).value) expect([name, version]).not.toContain("");
      }),
    );
  });
});

describe("the excess over a limit is left out, and reported", () => {
  const one = rpmHeader({ name: "a" });
  const manyFiles = (count: number) => Array.from({ length: count }, () => "/f");
  it.each([
    ["MAX_PACKAGES", () => Array.from({ length: MAX_PACKAGES + 1 }, () => one), MAX_PACKAGES],
    ["MAX_FILES", () => [rpmHeader({ name: "a", files: manyFiles(MAX_FILES + 1) })], 1],
    [
      "MAX_DECLARATIONS",
      () => [rpmHeader({ name: "a", provides: Array.from({ length: MAX_DECLARATIONS + 1 }, () => ["x"] as const) })],
      1,
    ],
    [
      "MAX_PATHS_LENGTH",
      () => [
        rpmHeader({
          name: "a",
          files: Array.from({ length: 65 }, (_, i) => `/${"d".repeat(MAX_PATHS_LENGTH / 64)}/${i}`),
        }),
      ],
      1,
    ],
  ])("%s", { timeout: 60_000 }, (_, build, count) => {
    const { value, problems } = parse(ndbDatabase(build()));
    expect(value).toHaveLength(count);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });
});
