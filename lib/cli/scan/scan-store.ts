import { findLive } from "#lib/analysis/live-paths.ts";
import { measure } from "#lib/analysis/measure.ts";
import { writeSnapshot } from "#lib/db/write/write-snapshot.ts";
import { buildGraph } from "#lib/graph/graph.ts";
import { ingestStore, type LiveInput } from "#lib/ingest/closure/index.ts";
import type { StoreSpec } from "#lib/sources/source-spec.ts";
import { say, sayProgress } from "../terminal.ts";
import type { ScanContext, ScanOutcome } from "./scan-context.ts";

/** Scans a store, or the closure of `--root` in it, into one closure. */
export async function scanStore(context: ScanContext, spec: StoreSpec): Promise<ScanOutcome> {
  const { pool, source, name, roots, terminal, signal, chunks } = context;
  if (chunks) say(terminal, `${source}: a store's database has no files to cut into chunks; the rest is scanned`);
  sayProgress(terminal, `${source}: reading the store's database`);
  const flavour = spec.transport === "nix-store" ? "nix" : "guix";
  const snapshot = await ingestStore({ source, flavour, rootDir: spec.path, roots, name, findLive: toLive });
  signal.throwIfAborted();
  sayProgress(terminal, `${source}: measuring ${snapshot.graph.components.length} paths`);
  const written = await writeSnapshot(pool, snapshot, measure(snapshot.graph));
  sayProgress(terminal, "");
  return { ...written, name: snapshot.name, problems: snapshot.problems };
}

function toLive({ nodeCount, from, to, roots, derivers }: LiveInput): Uint8Array {
  const { graph } = buildGraph({ nodeCount, from, to });
  return findLive({ graph, roots, deriver: derivers });
}
