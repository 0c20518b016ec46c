import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesAsSource } from "./byte-source.ts";
import { findTable, listTables } from "./find-table.ts";
import { openPages } from "./open-pages.ts";
import type { Cell } from "./record.ts";
import { walkTable } from "./walk-table.ts";

const NO_LOG = bytesAsSource(new Uint8Array(0));
const open = (bytes: Uint8Array) => openPages({ database: bytesAsSource(bytes), wal: NO_LOG, place: "db" });

/** All rows of `t` as our reader reads them: id, name, n. */
function readOurs(bytes: Uint8Array, maxBytes = 60_000): Cell[][] {
  const pages = open(bytes);
  const { rootPage, columns } = findTable(listTables(pages), "t", ["id", "name", "n"]);
  const wanted = [
    { position: columns.indexOf("id"), as: "rowid" },
    { position: columns.indexOf("name"), as: "text", maxBytes },
    { position: columns.indexOf("n"), as: "count" },
  ] as const;
  return [...walkTable(pages, { rootPage, table: "t", columns: wanted, maxRows: 100_000 })].flat();
}

/** The same rows from SQLite. */
function readTheirs(database: DatabaseSync): Cell[][] {
  const statement = database.prepare("select id, typeof(name), name, typeof(n), n from t order by id");
  statement.setReadBigInts(true);
  return statement
    .all()
    .map((row) => [
      toCount(row.id),
      row["typeof(name)"] === "null" ? null : row["typeof(name)"] === "text" ? String(row.name) : undefined,
      row["typeof(n)"] === "null" ? null : row["typeof(n)"] === "integer" ? toCount(row.n) : undefined,
    ]);
}

function toCount(value: unknown): number | undefined {
  return Number.isSafeInteger(Number(value)) && Number(value) >= 0 ? Number(value) : undefined;
}

const anyName = fc.oneof(
  fc.string({ maxLength: 40 }).map((text) => text.replaceAll("\0", "")),
  fc.nat(50_000).map((length) => "n".repeat(length)),
  fc.constant(null),
  fc.integer(),
  fc.uint8Array({ maxLength: 30 }),
);
const anyNumber = fc.oneof(
  fc.integer(),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.constantFrom(0, 1, 127, 128, 2 ** 15, 2 ** 23, 2 ** 31, 2 ** 47, 2 ** 53 - 1, null, 1.5, "text"),
);
const anyRow = fc.record({ id: fc.bigInt(-10n, 2n ** 62n), name: anyName, n: anyNumber });

describe("walkTable", () => {
  test.each([512, 1024, 4096, 65_536])("reads the same as SQLite, in pages of %d bytes", (pageLength) => {
    const property = fc.property(fc.array(anyRow, { maxLength: 200 }), fc.nat(), (rows, kept) => {
      const database = new DatabaseSync(":memory:");
      database.exec(`pragma page_size = ${pageLength}; create table t (name, filler, id integer primary key)`);
      const insert = database.prepare("insert or replace into t values (?, ?, ?)");
      for (const row of rows) insert.run(row.name, "f".repeat(Number(row.id % 300n) & 255), row.id);
      database.exec("alter table t add column n");
      const update = database.prepare("update t set n = ? where id = ?");
      for (const row of rows.slice(0, kept % 200)) update.run(row.n, row.id);
      database.exec(`delete from t where id % 7 = ${kept % 7}`);
      expect(readOurs(database.serialize())).toEqual(readTheirs(database));
      database.close();
    });
    fc.assert(property, { numRuns: 25 });
  });

  test("leaves out text over the limit, and reads the values after it", () => {
    const database = new DatabaseSync(":memory:");
    database.exec("create table t (id integer primary key, name, n)");
    database.exec(`insert into t values (1, '${"x".repeat(10_000)}', 7), (2, 'short', 8)`);
    expect(readOurs(database.serialize(), 100)).toEqual([
      [1, undefined, 7],
      [2, "short", 8],
    ]);
    database.close();
  });

  test.each([
    ["without rowid", "create table t (id integer primary key, name, n) without rowid"],
    ["under another name", "create table u (id, name, n)"],
    ["a view", "create view t as select 1 as id, 2 as name, 3 as n"],
    ["a virtual table", "create virtual table t using fts5(id, name, n)"],
    ["with a computed column", "create table t (id integer primary key, name as (hex(zeroblob(9))), n)"],
    ["with one column too few", "create table t (id integer primary key, name)"],
  ])("a table is refused: %s", (_, sql) => {
    const database = new DatabaseSync(":memory:");
    database.exec(sql);
    expect(() => readOurs(database.serialize())).toThrow(expect.objectContaining({ code: "bad-database" }));
    database.close();
  });

  test("a page with corrupted bytes gives rows or InputError", () => {
    const database = new DatabaseSync(":memory:");
    database.exec("pragma page_size = 512; create table t (id integer primary key, name, n)");
    const insert = database.prepare("insert into t values (?, ?, ?)");
    for (let i = 0; i < 300; i++) insert.run(i, "x".repeat((i * 37) % 900), i);
    const whole = database.serialize();
    database.close();
    const anyDamage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1 });
    const property = fc.property(anyDamage, (damage) => {
      const damaged = Uint8Array.from(whole);
      for (const [at, byte] of damage) damaged[at] = byte;
      try {
        expect(readOurs(damaged).length).toBeLessThanOrEqual(whole.length / 4);
      } catch (error) {
        expect(error).toMatchObject({ name: "InputError" });
      }
    });
    fc.assert(property, { numRuns: 500 });
  });
});
