import { computeLive } from "#lib/analysis/live-paths.ts";
import { measure } from "#lib/analysis/measure.ts";
import { listUnreadItems } from "#lib/db/queries/list-unread-items.ts";
import { writeSnapshot } from "#lib/db/write/write-snapshot.ts";
import { buildGraph } from "#lib/graph/graph.ts";
import type { LiveInput } from "#lib/ingest/closure/build-closure.ts";
import { readClosureFiles } from "#lib/ingest/closure/closure-files.ts";
import { type IngestedStore, ingestStore } from "#lib/ingest/closure/ingest-store.ts";
import type { StoreSource } from "#lib/sources/transport.ts";
import { emitProgress, type ScanContext } from "./scan-context.ts";
import type { ScanOutcome } from "./scan-event.ts";

/** Scans a store, or the closure of `--root` in it, into one closure; with `--files` also the files of its items. */
export async function scanStore(context: ScanContext, opening: StoreSource): Promise<ScanOutcome> {
  const { pool, source, name, roots, emit, signal, files, chunks } = context;
  if (chunks && !files)
    emit({ type: "notice", source, message: "only files are cut into chunks: pass --files too; the rest is scanned" });
  const open = () => opening.open(signal);
  const store = await ingestStore({ source, open, roots, name, computeLive: toLive });
  signal.throwIfAborted();
  const read = files ? await readFiles(context, store) : undefined;
  emitProgress(context, "measuring", { nodeCount: store.graph.components.length });
  const snapshot = { ...store, problems: [...store.problems, ...(read?.problems ?? [])] };
  signal.throwIfAborted();
  const measured = measure(snapshot.graph);
  emitProgress(context, "writing");
  const written = await writeSnapshot(pool, snapshot, measured, { files: read?.parts, signal });
  return { ...written, name: snapshot.name, problems: snapshot.problems };
}

/** Reads the items whose files are not known. */
async function readFiles(context: ScanContext, store: IngestedStore) {
  const { pool, signal, chunks } = context;
  const items = await listUnreadItems(pool, store.graph.components, chunks);
  const onProgress = (bytesRead: number, totalBytes: number) =>
    emitProgress(context, "reading", { itemCount: items.length, bytesRead, totalBytes });
  try {
    return await readClosureFiles(store, { items, chunks, signal, onProgress });
  } finally {
    await store.archives?.close();
  }
}

function toLive({ nodeCount, from, to, roots, derivers }: LiveInput): Uint8Array {
  const { graph } = buildGraph({ nodeCount, from, to });
  return computeLive({ graph, roots, deriver: derivers });
}
