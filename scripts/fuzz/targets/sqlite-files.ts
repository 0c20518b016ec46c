import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStoreDatabase, insertStoreRows } from "#testing/builders/store.ts";

/**
 * A database and its log as one input: one byte with the size of the database in units of 512 bytes, then the database, then
 * the log.
 */
const UNIT = 512;
const LOG_HEADER = 32;
const FRAME_HEADER = 24;

export function splitDatabase(input: Uint8Array): { database: Uint8Array; log: Uint8Array } {
  const end = 1 + UNIT * (input[0] ?? 0);
  return { database: input.subarray(1, end), log: input.subarray(end) };
}

export function joinDatabase(database: Uint8Array, log: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([Math.ceil(database.length / UNIT)]), database, log]);
}

/** Corrects checksum and salt of every log frame: anyone can compute those, and damage then reaches the code behind them. */
export function resealLog(input: Uint8Array): Uint8Array {
  const sealed = Uint8Array.from(input);
  const { log } = splitDatabase(sealed);
  if (log.length < LOG_HEADER) return sealed;
  const view = new DataView(log.buffer, log.byteOffset, log.length);
  const sums: [number, number] = [0, 0];
  addSums(view, { start: 0, end: 24, sums });
  writeSums(view, 24, sums);
  const frame = FRAME_HEADER + (view.getUint32(8) & 0x1fe00);
  for (let at = LOG_HEADER; frame > FRAME_HEADER && at + frame <= log.length; at += frame) {
    log.copyWithin(at + 8, 16, 24);
    addSums(view, { start: at, end: at + 8, sums });
    addSums(view, { start: at + FRAME_HEADER, end: at + frame, sums });
    writeSums(view, at + 16, sums);
  }
  return sealed;
}

/** sqlite.org/fileformat2.html#checksum_algorithm */
function addSums(view: DataView, { start, end, sums }: { start: number; end: number; sums: [number, number] }): void {
  const isLittleEndian = (view.getUint32(0) & 1) === 0;
  for (let at = start; at + 8 <= end; at += 8) {
    sums[0] = (sums[0] + view.getUint32(at, isLittleEndian) + sums[1]) >>> 0;
    sums[1] = (sums[1] + view.getUint32(at + 4, isLittleEndian) + sums[0]) >>> 0;
  }
}

function writeSums(view: DataView, at: number, sums: readonly [number, number]): void {
  view.setUint32(at, sums[0]);
  view.setUint32(at + 4, sums[1]);
}

/** Small stores in pages of 512 bytes: one with all rows in the file, one with some of them in the log. */
export function buildDatabases(): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-fuzz-"));
  try {
    return (["nix", "guix"] as const).map((flavour) => buildDatabase(join(folder, flavour), flavour));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function buildDatabase(file: string, flavour: "nix" | "guix"): Uint8Array {
  const database = createStoreDatabase(file, flavour, UNIT);
  const path = (letter: string, name: string) =>
    `/${flavour === "nix" ? "nix" : "gnu"}/store/${letter.repeat(32)}-${name}`;
  const drv = path("d", "b-1.drv");
  insertStoreRows(database, [
    { path: path("a", "glibc-2.40"), narSize: 5 },
    { path: drv, narSize: 1, outputs: [path("b", "b-1")] },
    { path: path("b", "b-1"), narSize: null, deriver: drv, references: [path("a", "glibc-2.40")] },
  ]);
  database.exec("pragma wal_checkpoint(truncate)");
  if (flavour === "guix")
    insertStoreRows(database, [{ path: path("c", "c"), narSize: 7, references: [path("b", "b-1")] }]);
  const bytes = joinDatabase(readFileSync(file), readFileSync(`${file}-wal`));
  database.close();
  // SQLite uses a different salt each time.
  const { log } = splitDatabase(bytes);
  if (log.length > 0) log.fill(7, 16, 24);
  return resealLog(bytes);
}
