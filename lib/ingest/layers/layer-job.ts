import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import type { ThrownError } from "#lib/model/thrown-error.ts";
import type { ScanLimits } from "./limits.ts";

/** A layer to scan: a range of a file that the worker opens itself, or chunks that the main thread sends. */
export type LayerJob =
  | { readonly kind: "range"; readonly file: string; readonly offset: number; readonly length: number }
  | { readonly kind: "stream" };

/** Start data of a worker. */
export interface WorkerSettings {
  readonly budget: SharedArrayBuffer;
  readonly limits: ScanLimits;
  readonly chunks: ChunkSizes | undefined;
}

/** Main thread to worker. After the first few, each stream chunk is sent only when the worker asks for it. */
export type WorkerRequest =
  | { readonly type: "scan"; readonly job: LayerJob }
  | { readonly type: "chunk"; readonly chunk: Uint8Array }
  | { readonly type: "end" };

/** Worker to main thread. */
export type WorkerReply =
  | { readonly type: "more" }
  /** Number of further bytes of the blob read. */
  | { readonly type: "read"; readonly byteCount: number }
  | { readonly type: "scanned"; readonly scan: LayerScan }
  | { readonly type: "failed"; readonly error: ThrownError };

/** The buffers of a scan, so that it crosses threads without a copy. Each is separate: see `EntryColumns.finish`. */
export function buffersOf(scan: LayerScan): ArrayBuffer[] {
  const bodies = scan.documents.map(({ body }) => body);
  return [...toBuffers([...Object.values(scan.entries), ...bodies]), ...contentBuffers(scan)];
}

/** The buffers of a scan that are only stored: no `LayerListing` reads them. */
export function writtenBuffersOf(scan: LayerScan): ArrayBuffer[] {
  const { mode, uid, gid, mtime, content } = scan.entries;
  return [...toBuffers([mode, uid, gid, mtime, content]), ...contentBuffers(scan)];
}

function contentBuffers({ contents, chunks }: LayerScan): ArrayBuffer[] {
  const cut = chunks === undefined ? [] : [chunks.start, chunks.rows, ...Object.values(chunks.chunks)];
  return toBuffers([...Object.values(contents), ...cut]);
}

function toBuffers(columns: readonly unknown[]): ArrayBuffer[] {
  return columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []));
}
