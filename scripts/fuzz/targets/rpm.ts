import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdCompressSync } from "node:zlib";
import { CONDENSED_MAGIC } from "#lib/formats/rpm/condensed.ts";
import {
  condenseRpmDatabase,
  formatRpmDependency,
  isCondensed,
  isOperation,
  parseAutoInstalled,
  parseDnfHistory,
  parseDnfState,
  parseRich,
  parseRpmDatabase,
  type RichDependency,
  type RpmDatabase,
  satisfiesRpm,
} from "#lib/formats/rpm/index.ts";
import { compareRpmVersions, splitEvr } from "#lib/formats/rpm/version.ts";
import {
  berkeleyDatabase,
  ndbDatabase,
  type RpmRecord,
  rpmHeader,
  sqliteDatabase,
} from "#testing/builders/rpm-database.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, holdOrder, toParts, toText } from "../hold.ts";
import { joinDatabase, resealLog, splitDatabase } from "./sqlite-files.ts";

const NO_BYTES = new Uint8Array(0);
const PAGE_BYTES = 512;
const EQUAL = 8;
/** Paths repeat their directory, so the output may be longer than the input, but not without bound. */
const MAX_GROWTH = 200;

const RECORDS: readonly RpmRecord[] = [
  { name: "a", requires: [["/bin/sh"], ["b", 12, "1:2-3"]], provides: [["a", EQUAL, "1-1"]], files: ["/bin/a", "/b"] },
  { name: "b", epoch: 1, ghosts: ["/var/log/b"], absent: ["/doc/b"], requires: [["(a or c)"]] },
];

/** A condensed database has the same packages as the database, and condensing never fails. */
function checkDatabase(files: RpmDatabase, inputLength: number): void {
  const parsed = parseRpmDatabase(files);
  holdFaults(parsed.problems);
  let length = 0;
  for (const { name, version, release, files: list, requires, provides } of parsed.value) {
    assert.ok(name !== "" && version !== "" && release !== "");
    for (const path of list) assert.ok(!path.startsWith("/"), "not relative");
    length += list.reduce((sum, path) => sum + path.length, 0);
    for (const wanted of requires) for (const provided of provides) satisfiesRpm(provided, wanted);
  }
  if (isCondensed(files.database)) return;
  assert.ok(length <= MAX_GROWTH * inputLength, `${length} characters of paths from ${inputLength} bytes`);
  const condensed = condenseRpmDatabase(files);
  if (condensed !== undefined) assert.deepEqual(parseRpmDatabase({ database: condensed, wal: NO_BYTES }), parsed);
}

function checkSqlite(input: Uint8Array): void {
  const { database, log } = splitDatabase(resealLog(input));
  checkDatabase({ database, wal: log }, input.length);
}

/** The headers inside a condensed database: compressed here, since Node leaks memory with every stream that zlib refuses. */
function checkCondensed(input: Uint8Array): void {
  checkDatabase({ database: Buffer.concat([CONDENSED_MAGIC, zstdCompressSync(input)]), wal: NO_BYTES }, input.length);
}

function toFrame(header: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header]);
}

/** The order of versions, and that two ranges overlap from both sides. */
function checkVersions(input: Uint8Array): void {
  const versions = toParts(input, 3);
  holdOrder(compareRpmVersions, versions);
  const [a = "", b = ""] = versions;
  const { epoch, version, release } = splitEvr(a);
  assert.ok(epoch.length + version.length + release.length <= a.length + 1);
  const [left, right] = [a, b].map((text) => ({ name: "x", sense: 2 + (input.length & 12), version: text }));
  assert.equal(satisfiesRpm(left!, right!), satisfiesRpm(right!, left!));
}

function checkRich(input: Uint8Array): void {
  const text = toText(input);
  const found = parseRich(text);
  if (found !== undefined) holdLength(listTexts(found), text);
}

function listTexts(part: RichDependency): string[] {
  return isOperation(part) ? part.parts.flatMap(listTexts) : [formatRpmDependency(part)];
}

function checkHistory(input: Uint8Array): void {
  const { database } = splitDatabase(input);
  const { value, problems } = parseDnfHistory(database);
  holdFaults(problems);
  assert.equal(new Set(value).size, value.length);
}

function checkMarks(input: Uint8Array): void {
  const text = toText(input);
  for (const parse of [parseDnfState, parseAutoInstalled]) {
    const { value, problems } = parse(text);
    holdFaults(problems);
    holdLength(value, text);
  }
}

/** Databases whose files exist only while they are built. */
function buildSqlite(fill: (file: string) => DatabaseSync): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-fuzz-"));
  try {
    const file = join(folder, "db.sqlite");
    const database = fill(file);
    database.exec("pragma wal_checkpoint(truncate)");
    database.close();
    return joinDatabase(readFileSync(file), NO_BYTES);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fillHistory(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`pragma page_size = ${PAGE_BYTES};
    create table trans (id integer primary key, state integer);
    create table rpm (item_id integer, name text, arch text);
    create table trans_item (id integer primary key, trans_id integer, item_id integer, action integer, reason integer);
    insert into trans values (1, 1), (2, 1), (3, 2);
    insert into rpm values (1, 'a', 'x86_64'), (2, 'b', 'noarch');
    insert into trans_item values (1, 1, 1, 1, 2), (2, 1, 2, 1, 1), (3, 2, 1, 7, 1), (4, 3, 2, 8, 2);`);
  return database;
}

export const RPM_TARGETS: readonly FuzzTarget[] = [
  {
    name: "rpm-database",
    maxLength: 8192,
    check: (input) => checkDatabase({ database: input, wal: NO_BYTES }, input.length),
    dictionary: [
      "RpmP",
      "Slot",
      "BlbS",
      "\x61\x15\x06\0",
      "\0\0\x03\xe8",
      "\0\0\x04\x5c",
      "\0\0\x04\x5d",
      "\0\0\x04\x5e",
    ],
    seeds: [
      rpmHeader(RECORDS[0]!),
      ndbDatabase(RECORDS.map(rpmHeader)),
      berkeleyDatabase(RECORDS.map(rpmHeader)),
      berkeleyDatabase(RECORDS.map(rpmHeader), { isBig: true }),
    ],
  },
  {
    name: "rpm-condensed",
    maxLength: 2048,
    check: checkCondensed,
    seeds: [Buffer.concat(RECORDS.map((record) => toFrame(rpmHeader(record))))],
  },
  {
    name: "rpm-sqlite",
    maxLength: 14_336,
    check: checkSqlite,
    dictionary: ["SQLite format 3\0", "create table ", "Packages", "blob"],
    seeds: [buildSqlite((file) => sqliteDatabase(file, RECORDS.map(rpmHeader), PAGE_BYTES))],
  },
  {
    name: "rpm-version",
    maxLength: 96,
    check: checkVersions,
    dictionary: ["~", "^", ":", "-", ".0", "rc", "git"],
    seeds: ["1.0~rc1\x001.0\x001.0^git1", "2:1.0-3\x001.0\x000:1.0-1"],
  },
  {
    name: "rpm-rich",
    maxLength: 512,
    check: checkRich,
    dictionary: [" and ", " or ", " if ", " else ", " with ", " without ", " unless ", " >= ", "(", ")"],
    seeds: ["((a or b >= 1:2-3) if c else (d with e < 2))", "(libc.so.6(GLIBC_2.4)(64bit) and x and y)"],
  },
  {
    name: "dnf-history",
    maxLength: 14_336,
    check: checkHistory,
    dictionary: ["SQLite format 3\0", "create table ", "trans_item", "item_id", "reason"],
    seeds: [buildSqlite(fillHistory)],
  },
  {
    name: "rpm-marks",
    maxLength: 512,
    check: checkMarks,
    dictionary: ["[packages]", "reason", "External User", "Weak Dependency", "version = "],
    seeds: [
      'version = "1.0"\n[packages]\n"bash.x86_64" = {reason = "User"}\n[packages."a.noarch"]\nreason = "Dependency"\n',
      "# written by zypp\nlibz1\n\nperl base\n",
    ],
  },
];
