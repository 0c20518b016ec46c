import type { MessagePort } from "node:worker_threads";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import { receiveChunks } from "../threads/byte-stream.ts";
import { type NarToRead, type ReadItem, readNar } from "./nar-reader.ts";

export interface NarSettings {
  readonly budget: SharedArrayBuffer;
  readonly chunks: ChunkSizes | undefined;
}

/** Each job is one NAR, whose bytes come from the main thread; `emit` gets the number of further bytes of it read. */
export function openJobs({ budget, chunks }: NarSettings, emit: (byteCount: number) => void) {
  const options = { budget: new ScanBudget(budget), chunks, onRead: emit };
  return (nar: NarToRead, stream: MessagePort): Promise<ReadItem> => readNar(nar, receiveChunks(stream), options);
}
