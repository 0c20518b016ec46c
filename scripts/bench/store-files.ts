import { existsSync, readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ScanBudget } from "#lib/ingest/layers/scan-budget.ts";
import { hashItems } from "#lib/ingest/store-files/hash-items.ts";
import type { ItemToRead } from "#lib/ingest/store-files/item-reader.ts";
import { ItemRecorder } from "#lib/ingest/store-files/item-recorder.ts";
import { MAX_NAME_BYTES_PER_SCAN, MAX_NAMES_PER_SCAN } from "#lib/ingest/store-files/limits.ts";
import { readItem } from "#lib/sources/store/index.ts";
import { type Figure, mebibytes, medianOf, seconds } from "./measure-run.ts";

const RUNS = 3;
const PACKAGES = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/**
 * Hashing the files of a store, compared with plainly reading and hashing the same files in as many threads. The packages
 * installed in this checkout serve as store items. Ours hashes each byte twice: for its file, and for its item's NAR.
 */
export async function benchStoreFiles(): Promise<Figure[]> {
  const items = listItems();
  const files = listFiles(items);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const floor = await medianOf(RUNS, () => hashPlainly(files));
  const ours = await medianOf(RUNS, async () => {
    const { faults } = await hashItems({ itemsDir: PACKAGES, items });
    if (faults.length > 0) throw new Error(`item ${faults[0]!.item}: ${faults[0]!.message}`);
  });
  const what = `store: reading ${files.length} files, ${mebibytes(bytes)}`;
  return [
    { what: `${what}, SHA-256 once`, value: seconds(floor), budget: "", within: undefined },
    {
      what: `${what}, --files`,
      value: `${seconds(ours)}, ${(ours / floor).toFixed(2)} ×`,
      budget: "",
      within: undefined,
    },
  ];
}

/** Packages as items, with the rows that a store's database would have for them. */
function listItems(): ItemToRead[] {
  const budget = ScanBudget.open({ entries: MAX_NAMES_PER_SCAN, nameBytes: MAX_NAME_BYTES_PER_SCAN, documentBytes: 0 });
  return readdirSync(PACKAGES).map((name, item) => {
    const recorder = new ItemRecorder({ budget, onRead: () => {} });
    recorder.startItem();
    readItem(join(PACKAGES, name), recorder);
    const { sha256, byteCount } = recorder.endArchive();
    return { item, name, narHash: `sha256:${Buffer.from(sha256).toString("hex")}`, narSize: byteCount };
  });
}

function listFiles(items: readonly ItemToRead[]): string[] {
  return items
    .map(({ name }) => join(PACKAGES, name))
    .flatMap((path) =>
      statSync(path).isDirectory() ? readdirSync(path, { recursive: true, withFileTypes: true }) : [],
    )
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => existsSync(path));
}

async function hashPlainly(files: readonly string[]): Promise<void> {
  const threadCount = availableParallelism();
  const shares = Array.from({ length: threadCount }, (_, thread) => files.filter((_, i) => i % threadCount === thread));
  await Promise.all(
    shares.map((share) => {
      const worker = new Worker(new URL("./hash-files.ts", import.meta.url), { workerData: share });
      return new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
    }),
  );
}
