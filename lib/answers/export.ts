import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listEdges } from "#lib/db/queries/list-edges.ts";
import { listNodeOrigins } from "#lib/db/queries/list-node-origins.ts";
import { STATED_HASH } from "#lib/model/component.ts";
import type { ExportAnswer } from "#lib/model/graph-export.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import { sortStatements } from "./export-edges.ts";
import { loadKeptGraph } from "./kept/graphs.ts";
import { whileWhole } from "./while-whole.ts";

/** The whole graph of an artifact, for other tools. Throws a GoneError if the artifact is removed meanwhile. */
export function answerExport(db: Pool, artifactId: number): Promise<ExportAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const [kept, artifact, origins, stated] = await Promise.all([
      loadKeptGraph(db, artifactId),
      getArtifact(db, artifactId),
      listNodeOrigins(db, artifactId),
      listEdges(db, artifactId),
    ]);
    const { name, kind, digest, platform, createdAt, edgeCount, problems } = artifact;
    return {
      artifact: { name, kind, digest, platform, createdAt, edgeCount, isWhole: problems.length === 0 },
      nodes: kept.nodes,
      instancePaths: origins.map(({ instancePath }) => instancePath),
      narHashes: origins.map(({ narHash }) => (narHash === STATED_HASH ? "" : narHash)),
      edges: sortStatements(kept, stated),
      unit: unitOf(artifact),
    };
  });
}
