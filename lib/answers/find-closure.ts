import type { Pool } from "pg";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import { listNodes } from "#lib/db/queries/list-nodes.ts";
import { listRetained, type RetainedNode } from "#lib/db/queries/list-retained.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import type { ClosureAnswer, ImageFigures } from "#lib/model/answer.ts";
import { GoneError } from "#lib/model/problem.ts";
import { loadLabels } from "./labels.ts";

/** Nodes that an answer lists: those that retain most. */
const NODE_LIMIT = 2000;
/** Wasted files that an answer lists: the largest. */
const WASTED_LIMIT = 200;

/** What one artifact (database id) is made of. */
export async function findClosure(db: Pool, id: number): Promise<ClosureAnswer> {
  const [labels, artifact, all, nodes] = await Promise.all([
    loadLabels(db, [{ id }]),
    getArtifact(db, id),
    listNodes(db, id, { limit: 0 }),
    listRetained(db, [id], NODE_LIMIT),
  ]);
  if (artifact === undefined) throw new GoneError();
  const kept =
    artifact.kind === "image" ? { image: await findFigures(db, artifact) } : { rootsKnown: artifact.rootsKnown };
  return {
    question: "closure",
    artifacts: [labels[0]!],
    total: { nodes: all.matching, edges: artifact.edgeCount, bytes: all.matchingSelfSize },
    nodes: toNodes(nodes),
    ...kept,
  };
}

async function findFigures(db: Pool, artifact: ArtifactDetail): Promise<ImageFigures> {
  const { id, rootfsSize, layersContentSize, wastedSize, downloadSize } = artifact;
  const [layers, wasted] = await Promise.all([listLayers(db, [id]), listWasted(db, id, WASTED_LIMIT)]);
  const { count, bytes, rows } = wasted;
  return {
    sizes: { rootfsSize, layersContentSize, wastedSize, downloadSize },
    layers: layers.map((layer) => ({
      downloadSize: layer.downloadSize,
      entryCount: layer.entryCount,
      imageCount: layer.imageCount,
    })),
    waste: {
      count,
      bytes,
      files: rows.map(({ path, byteCount, layer, hiddenBy }) => ({ path, bytes: byteCount, layer, hiddenBy })),
    },
  };
}

function toNodes(nodes: readonly RetainedNode[]): ClosureAnswer["nodes"] {
  const positions = new Map(nodes.map(({ nodeIndex }, position) => [nodeIndex, position]));
  return nodes.map(({ id, kind, name, version, selfSize, closureSize, retainedSize, live, dominator }) => {
    return {
      id,
      kind,
      name,
      version,
      selfSize,
      closureSize,
      retainedSize,
      live,
      dominator: positions.get(dominator) ?? null,
    };
  });
}
