import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import type { ItemFault } from "./item-parts.ts";
import { type ItemToRead, readItems } from "./item-reader.ts";

export interface ItemSettings {
  /** The real path of the store directory. */
  readonly itemsDir: string;
  readonly budget: SharedArrayBuffer;
  readonly chunks: ChunkSizes | undefined;
}

/** Progress of a job: further bytes of archives read, or files, which may come in several parts. */
export type ItemMessage = { readonly byteCount: number } | { readonly files: StoreFiles };

export function openJobs({ itemsDir, budget, chunks }: ItemSettings, emit: (message: ItemMessage) => void) {
  const options = {
    itemsDir,
    budget: new ScanBudget(budget),
    chunks,
    onRead: (byteCount: number) => emit({ byteCount }),
    onFiles: (files: StoreFiles) => emit({ files }),
  };
  return (items: readonly ItemToRead[]): ItemFault[] => readItems(items, options);
}
