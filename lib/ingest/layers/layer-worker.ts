import type { MessagePort } from "node:worker_threads";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { type FileRange, readRange } from "#lib/sources/file-range.ts";
import { receiveChunks } from "../threads/byte-stream.ts";
import { READ_FOR, type ReadPurpose } from "./read-purpose.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

export interface LayerSettings {
  readonly budget: SharedArrayBuffer;
  readonly chunks: ChunkSizes | undefined;
  readonly purpose: ReadPurpose;
}

/** Bytes of a blob reported at once: a message per chunk would be too many. */
const REPORTED_BYTES = 2 * 1024 ** 2;

/** Each job is a range of a file, or chunks from the main thread; `emit` gets the number of further bytes of the blob read. */
export function openJobs({ budget, chunks, purpose }: LayerSettings, emit: (byteCount: number) => void) {
  const shared = new ScanBudget(budget);
  let unreported = 0;
  const report = () => {
    emit(unreported);
    unreported = 0;
  };
  const onRead = (byteCount: number) => {
    unreported += byteCount;
    if (unreported >= REPORTED_BYTES) report();
  };
  return async (range: FileRange | undefined, stream: MessagePort): Promise<LayerScan> => {
    const blob = range === undefined ? receiveChunks(stream) : readRange(range, { reuse: true });
    const scan = await scanLayer(blob, { ...READ_FOR[purpose], budget: shared, chunks, onRead });
    report();
    return scan;
  };
}
