import type { Pool } from "pg";
import { type ArtifactDetail, listDetails } from "#lib/db/queries/get-artifact.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import type { ArtifactLabel, MeasuredLabel } from "#lib/model/answer.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { BlobHolding } from "#lib/model/holding.ts";
import { GoneError } from "#lib/model/problem.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import { loadPartGraph } from "./parts.ts";

/** Characters of a store path's last part before its name: the hash and a dash. */
const HASH_LETTERS = 33;

/** The labels of artifacts, or parts of them, in this order, for an answer by content. */
export async function loadLabels(db: Pool, parts: readonly ArtifactPart[]): Promise<MeasuredLabel[]> {
  const wholes = await loadAll(db, parts, toMeasuredLabel);
  return Promise.all(wholes.map((label, i) => limitLabel(db, label, parts[i]!)));
}

/** The same for an answer by downloads; `held`: what manifests and narinfos say of them, in the same order. */
export async function loadDownloadLabels(
  db: Pool,
  parts: readonly ArtifactPart[],
  held: readonly BlobHolding[],
): Promise<ArtifactLabel[]> {
  const wholes = await loadAll(db, parts, toDownloadLabel);
  const labels = wholes.map(async (label, i) =>
    label.kind === "image"
      ? label
      : { ...(await limitLabel(db, { ...label, byteCount: 0 }, parts[i]!)), byteCount: sumItems(held[i]!) },
  );
  return Promise.all(labels);
}

/** `null` if the download size of an item is not known. */
function sumItems({ items }: BlobHolding): number | null {
  const sizes = Array.from(items?.fileSize ?? [-1], (bytes) => (bytes < 0 ? undefined : bytes));
  return sumKnown(sizes) ?? null;
}

/** A root's closure is named by its store path, like one that was scanned alone. */
async function limitLabel(db: Pool, label: MeasuredLabel, part: ArtifactPart): Promise<MeasuredLabel> {
  if (part.root === undefined) return label;
  const { nodes, selfSize, roots } = (await loadPartGraph(db, part)).graph;
  const root = nodes[roots[0]!]!.id;
  const name = root.slice(root.lastIndexOf("/") + 1 + HASH_LETTERS);
  return { ...label, id: root, name, root, byteCount: selfSize.reduce((sum, bytes) => sum + bytes, 0) };
}

async function loadAll<Label>(
  db: Pool,
  parts: readonly ArtifactPart[],
  toLabel: (artifact: ArtifactDetail, layers: readonly LayerRow[]) => Label,
): Promise<Label[]> {
  const ids = parts.map(({ id }) => id);
  const distinct = [...new Set(ids)];
  const [details, layers] = await Promise.all([listDetails(db, distinct), listLayers(db, distinct)]);
  const detailOf = new Map(details.map((artifact) => [artifact.id, artifact]));
  const layersOf = Map.groupBy(layers, ({ artifactId }) => artifactId);
  return ids.map((id) => {
    const artifact = detailOf.get(id);
    if (artifact === undefined) throw new GoneError();
    return toLabel(artifact, layersOf.get(id) ?? []);
  });
}

function toMeasuredLabel(artifact: ArtifactDetail, layers: readonly LayerRow[]): MeasuredLabel {
  const { kind, name, digest } = artifact;
  return {
    id: toArtifactId(digest),
    name,
    kind,
    digest,
    byteCount: sizeOf(artifact),
    layers: layers.map(({ diffId, chainId, contentSize, wastedSize, createdBy }) => {
      return { diffId, chainId, contentSize, wastedSize, createdBy };
    }),
  };
}

function sizeOf({ kind, layersContentSize = 0, closureSize, nodeCount }: ArtifactDetail): number {
  if (kind === "image") return layersContentSize;
  return kind === "closure" ? closureSize : nodeCount;
}

function toDownloadLabel(artifact: ArtifactDetail, layers: readonly LayerRow[]): ArtifactLabel {
  const { kind, name, digest, manifestOnly, downloadSize = null } = artifact;
  return {
    id: toArtifactId(digest),
    name,
    kind,
    digest,
    ...(manifestOnly ? { manifestOnly } : {}),
    byteCount: downloadSize,
    layers: layers.map(({ diffId, chainId, downloadSize: bytes, createdBy }) => {
      return { diffId, chainId, downloadSize: bytes, wastedSize: 0, createdBy };
    }),
  };
}
