import { measure } from "#lib/analysis/measure.ts";
import { writeSnapshot } from "#lib/db/write/write-snapshot.ts";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import { buildGraph } from "#lib/graph/graph.ts";
import { buildSbomSnapshot } from "#lib/ingest/sbom/build-sbom-snapshot.ts";
import type { SbomSource } from "#lib/sources/transport.ts";
import { emitProgress, type ScanContext } from "./scan-context.ts";
import type { ScanOutcome } from "./scan-event.ts";

/** Scans a software bill of materials. Its name is the source itself: a document is often called like the image it describes. */
export async function scanSbom(context: ScanContext, opening: SbomSource): Promise<ScanOutcome> {
  const { pool, source, signal, name = source } = context;
  const opened = await opening.open(signal);
  signal.throwIfAborted();
  emitProgress(context, "measuring", { nodeCount: opened.document.components.length });
  const snapshot = buildSbomSnapshot({ ...opened, name, source, findTops });
  const measured = measure(snapshot.graph);
  signal.throwIfAborted();
  emitProgress(context, "writing");
  const written = await writeSnapshot(pool, snapshot, measured, { signal });
  return { ...written, name, problems: snapshot.problems };
}

function findTops(edges: { nodeCount: number; from: Int32Array; to: Int32Array }): Int32Array {
  return completeRoots(buildGraph(edges).graph, []);
}
