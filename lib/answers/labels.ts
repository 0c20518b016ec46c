import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { loadPartGraph } from "./parts.ts";

/** Characters of a store path's last part before its name: the hash and a dash. */
const HASH_LETTERS = 33;

/** The labels of artifacts, or parts of them, in this order. */
export async function loadLabels(db: Pool, parts: readonly ArtifactPart[]): Promise<ArtifactLabel[]> {
  const wholes = await loadWholeLabels(
    db,
    parts.map(({ id }) => id),
  );
  return Promise.all(wholes.map((label, i) => limitLabel(db, label, parts[i]!)));
}

/** A root's closure is named by its store path, like one that was scanned alone. */
async function limitLabel(db: Pool, label: ArtifactLabel, part: ArtifactPart): Promise<ArtifactLabel> {
  if (part.root === undefined) return label;
  const { nodes, selfSize, roots } = (await loadPartGraph(db, part)).graph;
  const root = nodes[roots[0]!]!.id;
  const name = root.slice(root.lastIndexOf("/") + 1 + HASH_LETTERS);
  return { ...label, id: root, name, root, byteCount: selfSize.reduce((sum, bytes) => sum + bytes, 0) };
}

async function loadWholeLabels(db: Pool, ids: readonly number[]): Promise<ArtifactLabel[]> {
  const [details, layers] = await Promise.all([
    Promise.all(ids.map((id) => getArtifact(db, id))),
    listLayers(db, [...new Set(ids)]),
  ]);
  const layersOf = Map.groupBy(layers, ({ artifactId }) => artifactId);
  return details.map(({ id, kind, name, digest, layersContentSize, closureSize }) => ({
    id: toArtifactId(digest),
    name,
    kind,
    digest,
    byteCount: kind === "image" ? layersContentSize : closureSize,
    layers: (layersOf.get(id) ?? []).map(toLabel),
  }));
}

function toLabel({ diffId, chainId, contentSize, wastedSize, createdBy }: LayerRow): ArtifactLabel["layers"][number] {
  return { diffId, chainId, contentSize, wastedSize, createdBy };
}
