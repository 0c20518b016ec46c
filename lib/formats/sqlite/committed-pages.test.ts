import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesAsSource } from "./byte-source.ts";
import { WAL_HEADER_LENGTH } from "./committed-pages.ts";
import { openPages } from "./open-pages.ts";

const PAGE_LENGTH = 4096;
const FRAME_LENGTH = 24 + PAGE_LENGTH;
const COMMIT_COUNT = 5;

let directory: string;
let database: Uint8Array;
let wal: Uint8Array;

/** A database whose table `t` is empty in the file, and whose log adds one row with each of five commits. */
function writeDatabase(file: string): DatabaseSync {
  const writer = new DatabaseSync(file);
  writer.exec(`pragma page_size = ${PAGE_LENGTH}; pragma journal_mode = wal; create table t (n integer, filler blob)`);
  writer.exec("pragma wal_checkpoint(truncate)");
  const insert = writer.prepare("insert into t values (?, zeroblob(9000))");
  for (let n = 1; n <= COMMIT_COUNT; n++) insert.run(n);
  return writer;
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "wal-"));
  const writer = writeDatabase(join(directory, "db"));
  database = new Uint8Array(readFileSync(join(directory, "db")));
  wal = readFileSync(join(directory, "db-wal"));
  writer.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

/** The database as the pages show it, as bytes without a log: the header says rollback journal. */
function applyWal(file: Uint8Array, log: Uint8Array): Uint8Array {
  const pages = openPages({ database: bytesAsSource(file), wal: bytesAsSource(log), place: "db" });
  const whole = Buffer.concat(
    Array.from({ length: pages.pageCount }, (_, i) => Buffer.from(pages.take(i + 1, "tree").buffer.slice(0))),
  );
  whole.fill(1, 18, 20);
  return whole;
}

function readRows(bytes: Uint8Array): unknown[] {
  const reader = new DatabaseSync(":memory:");
  reader.deserialize(bytes);
  expect(reader.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  return reader
    .prepare("select n from t order by n")
    .all()
    .map((row) => row.n);
}

/** A log of one committed frame with correct checksums, which anyone can compute. */
function forgeLog({ page, pageCount }: { page: number; pageCount: number }): Uint8Array {
  const log = Buffer.alloc(WAL_HEADER_LENGTH + FRAME_LENGTH, 0xff);
  [0x377f0683, 3007000, PAGE_LENGTH, 0, 7, 8].forEach((word, i) => void log.writeUInt32BE(word, 4 * i));
  const sums = [0, 0];
  const add = (start: number, end: number) => {
    for (let at = start; at < end; at += 4) {
      const which = (at / 4) % 2;
      sums[which] = (sums[which]! + log.readUInt32BE(at) + sums[1 - which]!) >>> 0;
    }
  };
  add(0, 24);
  sums.forEach((sum, i) => void log.writeUInt32BE(sum, 24 + 4 * i));
  [page, pageCount, 7, 8].forEach((word, i) => void log.writeUInt32BE(word, WAL_HEADER_LENGTH + 4 * i));
  add(32, 40);
  add(56, log.length);
  sums.forEach((sum, i) => void log.writeUInt32BE(sum, 48 + 4 * i));
  return log;
}

describe("a database with its log", () => {
  test("shows the same as SQLite", () => {
    expect(readRows(applyWal(database.slice(), wal))).toEqual([1, 2, 3, 4, 5]);
  });

  test("needs no log", () => {
    expect(readRows(applyWal(database.slice(), new Uint8Array(0)))).toEqual([]);
  });

  test("is some committed state, however much of the log exists", () => {
    fc.assert(
      fc.property(fc.nat(wal.length), (length) => {
        const rows = readRows(applyWal(database.slice(), wal.subarray(0, length)));
        expect(rows).toEqual([1, 2, 3, 4, 5].slice(0, rows.length));
      }),
    );
  });

  test("stops before a damaged frame", () => {
    fc.assert(
      fc.property(fc.nat(wal.length - 1), (at) => {
        const damaged = Uint8Array.from(wal);
        damaged[at]! ^= 0x10;
        const rows = readRows(applyWal(database.slice(), damaged));
        expect(rows).toEqual([1, 2, 3, 4, 5].slice(0, rows.length));
        expect(rows.length).toBeLessThan(COMMIT_COUNT);
      }),
    );
  });

  test("skips frames of an older log after the last frame", () => {
    const file = join(directory, "restarted");
    const writer = writeDatabase(file);
    // After a complete checkpoint, the next transaction restarts the log, over the old one.
    writer.exec("pragma wal_checkpoint(full); delete from t where n < 5");
    const restarted = readFileSync(`${file}-wal`);
    expect(restarted.length).toBeGreaterThan(WAL_HEADER_LENGTH + FRAME_LENGTH);
    expect(readRows(applyWal(readFileSync(file), restarted))).toEqual([5]);
    writer.close();
  });

  test("has no more pages than the two files, whatever the log claims", () => {
    const log = forgeLog({ page: 2, pageCount: 0xffffffff });
    const files = { database: bytesAsSource(database), wal: bytesAsSource(log), place: "db" };
    expect(openPages(files).pageCount).toBe(database.length / PAGE_LENGTH + 1);
  });

  test.each([0, 2 ** 31, 0xffffffff])("shows no page %d outside the database", (page) => {
    const shown = applyWal(database, forgeLog({ page, pageCount: 1 }));
    expect(shown.subarray(100)).toEqual(Buffer.from(database.subarray(100, PAGE_LENGTH)));
  });

  test("with another page length than the database is refused", () => {
    const smaller = Buffer.from(database);
    smaller.writeUInt16BE(512, 16);
    expect(() => applyWal(smaller, wal.subarray(0, 32 + FRAME_LENGTH))).not.toThrow();
    expect(() => applyWal(smaller, forgeLog({ page: 2, pageCount: 2 }))).toThrow(/its log belongs to another database/);
  });
});

test.each([
  ["no magic", (file: Buffer) => file.fill(0, 0, 16)],
  ["an incomplete header", (file: Buffer) => file.subarray(0, 99)],
  ["text in UTF-16", (file: Buffer) => file.fill(2, 59, 60)],
  ["an invalid page length", (file: Buffer) => file.fill(3, 16, 18)],
])("a database with %s is refused", (_, damage) => {
  const file = damage(Buffer.from(database));
  const files = { database: bytesAsSource(file), wal: bytesAsSource(new Uint8Array(0)), place: "db" };
  expect(() => openPages(files)).toThrow(expect.objectContaining({ code: "bad-database" }));
});
