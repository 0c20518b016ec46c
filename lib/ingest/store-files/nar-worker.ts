import type { MessagePort } from "node:worker_threads";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import { receiveCopies } from "../threads/byte-stream.ts";
import type { ItemFault } from "./item-parts.ts";
import type { ItemMessage } from "./item-worker.ts";
import { type NarToRead, readNars } from "./nar-reader.ts";

export interface NarSettings {
  readonly budget: SharedArrayBuffer;
  readonly chunks: ChunkSizes | undefined;
}

/** Each job is some NARs, whose bytes come from the main thread, joined. */
export function openJobs({ budget, chunks }: NarSettings, emit: (message: ItemMessage) => void) {
  const options = {
    budget: new ScanBudget(budget),
    chunks,
    onRead: (byteCount: number) => emit({ byteCount }),
    onFiles: (files: StoreFiles) => emit({ files }),
  };
  return (nars: readonly NarToRead[], stream: MessagePort): Promise<ItemFault[]> =>
    readNars(nars, receiveCopies(stream), options);
}
