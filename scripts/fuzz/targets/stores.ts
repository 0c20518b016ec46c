import assert from "node:assert/strict";
import { type ItemSink, NarEncoder, NarParser, parseNarHash } from "#lib/formats/nar/index.ts";
import { bytesAsSource, findTable, listTables, openPages, type Pages, walkTable } from "#lib/formats/sqlite/index.ts";
import { decodeRecord, readVarint } from "#lib/formats/sqlite/record.ts";
import { listTableColumns } from "#lib/formats/sqlite/table-columns.ts";
import { parseStorePath, storePathName } from "#lib/formats/store-path/index.ts";
import { parseDrvName } from "#lib/formats/store-path/parse-store-path.ts";
import { readTables } from "#lib/sources/store/read-tables.ts";
import { directory, file, type ItemTree, naiveNar, symlink } from "#testing/builders/store-items.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isRefused, orRefused, orRefusedLater, toText } from "../hold.ts";
import { buildDatabases, resealLog, splitDatabase } from "./sqlite-files.ts";

const MAX_ROWS = 500;
const MAX_TEXT_BYTES = 300;
const LIMITS = { pathCount: 50, referenceCount: 100, textBytes: 4000 };
const HASH_PART = "0123456789abcdfghijklmnpqrsvwxyz";

function open(input: Uint8Array): Pages {
  const { database, log } = splitDatabase(input);
  return openPages({ database: bytesAsSource(database), wal: bytesAsSource(log), place: "db.sqlite" });
}

/** Every table of any input that opens as a database, each from a fresh start, because a page may be read only once. */
function checkSqlite(input: Uint8Array): void {
  const bytes = resealLog(input);
  const tables = orRefused(() => listTables(open(bytes)));
  if (isRefused(tables)) return;
  for (const { name, rootPage, columns } of tables.values()) {
    assert.equal(findTable(tables, name, columns).rootPage, rootPage);
    const wanted = (["rowid", "text", "count"] as const).flatMap((as) =>
      columns.slice(0, 8).map((_, position) => ({ position, as, maxBytes: MAX_TEXT_BYTES })),
    );
    orRefused(() =>
      countRows(open(bytes), { rootPage, table: name.slice(0, 200), columns: wanted, maxRows: MAX_ROWS }),
    );
  }
}

function countRows(pages: Pages, query: Parameters<typeof walkTable>[1]): void {
  let rowCount = 0;
  for (const rows of walkTable(pages, query)) {
    rowCount += rows.length;
    for (const cell of rows.flat())
      if (typeof cell === "string") assert.ok(cell.length <= MAX_TEXT_BYTES, "text longer than requested");
      else if (typeof cell === "number") assert.ok(Number.isSafeInteger(cell) && cell >= 0, "no count");
  }
  assert.ok(rowCount <= MAX_ROWS, "more rows than requested");
}

function checkRecord(input: Uint8Array): void {
  const view = new DataView(Uint8Array.from(input).buffer);
  const { byteCount } = readVarint(view, 0);
  assert.ok(byteCount <= 9 && byteCount <= input.length);
  const wanted = (["rowid", "text", "count"] as const).flatMap((as) =>
    [0, 1, 2, 5].map((position) => ({ position, as, maxBytes: 20 })),
  );
  const cells = decodeRecord(view, 7, wanted);
  assert.equal(cells.length, wanted.length);
  for (const cell of cells)
    if (typeof cell === "number") assert.ok(Number.isSafeInteger(cell) && cell >= 0, "no count");
}

function checkColumns(input: Uint8Array): void {
  const names = listTableColumns(toText(input));
  if (names === undefined) return;
  assert.ok(names.length > 0);
  assert.ok(names.join("").length <= input.length);
}

async function checkStoreRows(input: Uint8Array): Promise<void> {
  const tables = await orRefusedLater(() => readTables(open(resealLog(input)), "/nix/store", { limits: LIMITS }));
  if (isRefused(tables)) return;
  const { storeDir, paths, narSizes, derivers, referrers, references } = tables;
  assert.ok(paths.length <= LIMITS.pathCount);
  for (const [i, path] of paths.entries()) {
    assert.ok(path.startsWith(`${storeDir}/`) && parseStorePath(path) !== undefined, "not a store path");
    if (i > 0) assert.ok(paths[i - 1]! < path, "not in order");
    assert.ok(Number.isSafeInteger(narSizes[i]) && narSizes[i]! >= 0, "not a byte count");
    if (derivers[i] !== "") assert.ok(parseStorePath(derivers[i]!) !== undefined, "no deriver");
  }
  for (const row of [...referrers, ...references]) assert.ok(row >= 0 && row < paths.length, "a row without a path");
}

function checkStorePath(input: Uint8Array): void {
  const text = toText(input);
  const { name, version } = parseDrvName(text);
  assert.equal(version === "" ? name : `${name}-${version}`, text.endsWith("-") && version === "" ? name : text);
  const parsed = parseStorePath(text);
  if (parsed === undefined) {
    assert.equal(storePathName(text), text);
    return;
  }
  const { storeDir, hashPart, baseName, isDerivation } = parsed;
  assert.equal(`${storeDir}/${hashPart}-${baseName}`, text);
  assert.ok(parsed.name !== "" && parsed.name.length + parsed.version.length <= baseName.length);
  assert.ok(parsed.name.endsWith(".drv") || !isDerivation, "a derivation without .drv in its name");
}

function checkNarHash(input: Uint8Array): void {
  const bytes = parseNarHash(toText(input));
  if (bytes !== undefined) assert.equal(bytes.length, 32);
}

const DATABASES = buildDatabases();

/** An archive that is taken is the one that the encoder writes from its events. The first byte sets the chunk length. */
function checkNar(input: Uint8Array): void {
  const [chunkBytes, nar] = [(input[0] ?? 0) + 1, input.subarray(1)];
  const pieces: Uint8Array[] = [];
  const written = orRefused(() => {
    const encoder = new NarEncoder((piece) => void pieces.push(Buffer.from(piece)));
    encoder.start();
    const parser = new NarParser(toSink(encoder));
    for (let at = 0; at < nar.length; at += chunkBytes) parser.write(nar.subarray(at, at + chunkBytes));
    parser.end();
    encoder.finish();
    return Buffer.concat(pieces);
  });
  if (!isRefused(written)) assert.deepEqual(written, Buffer.from(nar));
}

function toSink(encoder: NarEncoder): ItemSink {
  const nameOf = (path: Uint8Array) => path.subarray(path.lastIndexOf(0x2f) + 1);
  return {
    directory: (path) => encoder.directory(nameOf(path)),
    endDirectory: () => encoder.endDirectory(),
    symlink: (path, target) => encoder.symlink(nameOf(path), target),
    file: (path, file) => encoder.file(nameOf(path), file),
    room: (byteCount) => encoder.room(byteCount),
    filled: (byteCount) => encoder.filled(byteCount),
    endFile: () => encoder.endFile(),
  };
}

function toNar(tree: ItemTree): Uint8Array {
  return Buffer.concat([Buffer.of(63), naiveNar(tree)]);
}

export const STORE_TARGETS: readonly FuzzTarget[] = [
  {
    name: "nar",
    maxLength: 2048,
    check: checkNar,
    dictionary: ["\x01\0\0\0\0\0\0\0(\0\0\0\0\0\0\0", "regular", "directory", "contents", "entry", "executable"],
    seeds: [
      toNar(file("hello", true)),
      toNar(symlink("../x")),
      toNar(directory({ a: file(""), b: directory({ c: symlink("d") }) })),
    ],
  },
  {
    name: "sqlite",
    maxLength: 14_336,
    check: checkSqlite,
    dictionary: ["SQLite format 3\0", "create table ", "table"],
    seeds: DATABASES,
  },
  {
    name: "sqlite-record",
    maxLength: 128,
    check: checkRecord,
    seeds: [Buffer.from([4, 0, 15, 1, 97, 5]), Buffer.from([7, 8, 9, 2, 3, 4, 6, 1, 2, 0, 0, 3])],
  },
  {
    name: "sqlite-columns",
    maxLength: 512,
    check: checkColumns,
    dictionary: ["create table ", "primary key", "generated always as", "/*", "*/", "--", '""', "``", "[a]", "''"],
    seeds: ['create table t (a integer /* x */, "b ""c" text, `d`, [e f] default (1 + (2)), primary key (a))'],
  },
  {
    name: "store-rows",
    maxLength: 14_336,
    check: checkStoreRows,
    isAsync: true,
    dictionary: ["ValidPaths", "Refs", "DerivationOutputs", `/nix/store/${HASH_PART}-a-1`],
    seeds: DATABASES,
  },
  {
    name: "store-path",
    maxLength: 384,
    check: checkStorePath,
    dictionary: [`/nix/store/${HASH_PART}-`, ".drv", "-dev", "-1.0", "-lib"],
    seeds: [`/gnu/store/${HASH_PART}-glib-2.80.0-dev`, `/nix/store/${HASH_PART}-hello-2.12.drv`, "a-b-1"],
  },
  {
    name: "nar-hash",
    maxLength: 96,
    check: checkNarHash,
    dictionary: ["sha256:", "sha256-"],
    seeds: [
      `sha256:${"0123456789abcdef".repeat(4)}`,
      `sha256:${`${HASH_PART}0123456789abcdfghijk`.replace(/^./, "0")}`,
      `sha256-${Buffer.alloc(32, 7).toString("base64")}`,
    ],
  },
];
