import { parentPort, workerData } from "node:worker_threads";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { toThrown } from "#lib/model/thrown-error.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import type { ItemReply, ItemToRead, ItemWorkerSettings } from "./item-job.ts";
import { readItems } from "./item-reader.ts";

const { itemsDir, budget, chunks } = workerData as ItemWorkerSettings;
const options = {
  itemsDir,
  budget: new ScanBudget(budget),
  chunks,
  onRead: (byteCount: number) => reply({ type: "read", byteCount }),
  onFiles: (files: StoreFiles) => reply({ type: "files", files }, buffersOf(files)),
};

function reply(message: ItemReply, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transfer);
}

/** The buffers of the columns, so that they cross threads without a copy. */
function buffersOf({ items, start, entries, contents, chunks: cut }: StoreFiles): ArrayBuffer[] {
  const columns = [items, start, ...Object.values(entries), ...Object.values(contents)];
  if (cut !== undefined) columns.push(cut.start, cut.rows, ...Object.values(cut.chunks));
  return columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []));
}

parentPort!.on("message", (items: readonly ItemToRead[]) => {
  try {
    reply({ type: "done", faults: readItems(items, options) });
  } catch (error) {
    reply({ type: "failed", error: toThrown(error) });
  }
});
