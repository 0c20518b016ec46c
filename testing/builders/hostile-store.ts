import { truncateSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { createStoreDatabase, insertStoreRows, testStorePath } from "./store.ts";

const PAGE_LENGTH = 65_536;
/** The maximum number of cells that point at one row in a page of this length, and the number of pages for ten million rows. */
const CELLS = 10_900;
const LEAF = 0x0d;
const INTERIOR = 0x05;

/** A small store in large pages, in a file that does not exist yet. */
export function writeSmallStore(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`pragma page_size = ${PAGE_LENGTH}; vacuum`);
  database.close();
  const writer = createStoreDatabase(file, "nix");
  const [path, other] = [testStorePath(1, "a-1.0"), testStorePath(2, "b-1.0")];
  insertStoreRows(writer, [
    { path, narSize: 1, references: [path] },
    { path: other, narSize: 1, references: [path], outputs: [path] },
  ]);
  writer.exec("pragma journal_mode = delete");
  writer.close();
}

/**
 * The same store, with `width` paths in the tree of one table to a page whose 10,900 cells are one row: millions of rows in a few
 * hundred kilobytes.
 */
export function writeFannedStore(
  file: string,
  table: "ValidPaths" | "Refs" | "DerivationOutputs",
  width: number,
): void {
  writeSmallStore(file);
  const database = new DatabaseSync(file);
  const pageOf = database.prepare("select rootpage from sqlite_schema where name = ?");
  const root = Number(pageOf.get(table)!.rootpage) - 1;
  const pageCount = Number(database.prepare("pragma page_count").get()!.page_count);
  const bytes = Buffer.concat([Buffer.from(database.serialize()), Buffer.alloc(PAGE_LENGTH)]);
  database.close();
  const rootPage = bytes.subarray(root * PAGE_LENGTH, (root + 1) * PAGE_LENGTH);
  const leaf = bytes.subarray(pageCount * PAGE_LENGTH);
  leaf.set(rootPage);
  repeatCell(leaf, rootPage.readUInt16BE(8));
  fanOut(rootPage, pageCount + 1, width);
  // The header's page count equals the file's.
  bytes.writeUInt32BE(pageCount + 1, 28);
  writeFileSync(file, bytes);
}

/** A store whose file is this long, nearly all of it sparse. */
export function writeSparseStore(file: string, length: number): void {
  writeSmallStore(file);
  truncateSync(file, length);
}

function repeatCell(leaf: Buffer, cell: number): void {
  leaf.writeUInt8(LEAF, 0);
  leaf.writeUInt16BE(CELLS, 3);
  for (let i = 0; i < CELLS; i++) leaf.writeUInt16BE(cell, 8 + 2 * i);
}

function fanOut(page: Buffer, child: number, width: number): void {
  page.fill(0);
  page.writeUInt8(INTERIOR, 0);
  page.writeUInt16BE(width, 3);
  page.writeUInt32BE(child, 8);
  const cells = PAGE_LENGTH - 5 * width;
  page.writeUInt16BE(cells, 5);
  for (let i = 0; i < width; i++) {
    page.writeUInt16BE(cells + 5 * i, 12 + 2 * i);
    page.writeUInt32BE(child, cells + 5 * i);
  }
}
