import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import type { ThrownError } from "#lib/model/thrown-error.ts";
import type { ScanLimits } from "./limits.ts";

/** A layer to scan: a range of a file that the worker opens itself, or chunks that the main thread feeds. */
export type LayerJob =
  | { readonly kind: "range"; readonly file: string; readonly offset: number; readonly length: number }
  | { readonly kind: "stream" };

/** What a worker is started with. */
export interface WorkerSettings {
  readonly budget: SharedArrayBuffer;
  readonly limits: ScanLimits;
  readonly chunks: ChunkSizes | undefined;
}

/** Main thread to worker. Every stream chunk but the first few is sent only when the worker asked for it. */
export type WorkerRequest =
  | { readonly type: "scan"; readonly job: LayerJob }
  | { readonly type: "chunk"; readonly chunk: Uint8Array }
  | { readonly type: "end" };

/** Worker to main thread. */
export type WorkerReply =
  | { readonly type: "more" }
  /** So many more bytes of the blob were read. */
  | { readonly type: "read"; readonly byteCount: number }
  | { readonly type: "scanned"; readonly scan: LayerScan }
  | { readonly type: "failed"; readonly error: ThrownError };

/** The buffers of a scan, so that it crosses threads without a copy. Each stands alone: see `EntryColumns.finish`. */
export function buffersOf({ entries, contents, chunks, documents }: LayerScan): ArrayBuffer[] {
  const cut = chunks === undefined ? [] : [chunks.start, chunks.rows, ...Object.values(chunks.chunks)];
  const bodies = documents.map(({ body }) => body);
  const columns = [...Object.values(entries), ...Object.values(contents), ...cut, ...bodies];
  return columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []));
}
