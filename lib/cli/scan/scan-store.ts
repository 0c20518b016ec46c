import { findLive } from "#lib/analysis/live-paths.ts";
import { measure } from "#lib/analysis/measure.ts";
import { findUnreadItems } from "#lib/db/queries/find-unread-items.ts";
import { writeSnapshot } from "#lib/db/write/write-snapshot.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { buildGraph } from "#lib/graph/graph.ts";
import { type IngestedStore, ingestStore, type LiveInput, readClosureFiles } from "#lib/ingest/closure/index.ts";
import type { StoreSpec } from "#lib/sources/source-spec.ts";
import { say, sayProgress } from "../terminal.ts";
import type { ScanContext, ScanOutcome } from "./scan-context.ts";

/** Scans a store, or the closure of `--root` in it, into one closure; with `--files` also the files of its items. */
export async function scanStore(context: ScanContext, spec: StoreSpec): Promise<ScanOutcome> {
  const { pool, source, name, roots, terminal, signal, files, chunks } = context;
  if (chunks && !files)
    say(terminal, `${source}: what is cut into chunks is files: say --files too; the rest is scanned`);
  sayProgress(terminal, `${source}: reading the store's database`);
  const flavour = spec.transport === "nix-store" ? "nix" : "guix";
  const store = await ingestStore({ source, flavour, rootDir: spec.path, roots, name, findLive: toLive });
  signal.throwIfAborted();
  const read = files ? await readFiles(context, store) : undefined;
  sayProgress(terminal, `${source}: measuring ${store.graph.components.length} paths`);
  const snapshot = { ...store, problems: [...store.problems, ...(read?.problems ?? [])] };
  signal.throwIfAborted();
  const written = await writeSnapshot(pool, snapshot, measure(snapshot.graph), read?.parts);
  sayProgress(terminal, "");
  return { ...written, name: snapshot.name, problems: snapshot.problems };
}

/** Reads the items that nobody has read before. */
async function readFiles({ pool, terminal, signal, chunks }: ScanContext, store: IngestedStore) {
  const items = await findUnreadItems(pool, store.graph.components, chunks);
  return readClosureFiles(store, {
    items,
    chunks,
    signal,
    onProgress: (byteCount, total) => {
      const far = `${formatBytes(byteCount)} of ${formatBytes(total)}`;
      sayProgress(terminal, `${store.source}: hashing the files of ${formatCounted(items.length, "item")}, ${far}`);
    },
  });
}

function toLive({ nodeCount, from, to, roots, derivers }: LiveInput): Uint8Array {
  const { graph } = buildGraph({ nodeCount, from, to });
  return findLive({ graph, roots, deriver: derivers });
}
