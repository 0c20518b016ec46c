import "server-only";
import { answerLayer, answerLayerFiles, type LayerAnswer } from "#lib/answers/layer.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { getImageSettings } from "#lib/db/queries/get-image-settings.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { type Column, toImageColumn } from "#lib/model/column.ts";
import type { ImageSettings } from "#lib/model/image-settings.ts";
import type { LayerFile, LayerShow } from "#lib/model/layer-files.ts";
import { toUnknownName } from "#lib/model/problem.ts";
import { database } from "./database.ts";
import type { Export } from "./exports.ts";
import { orNotFound } from "./or-not-found.ts";

export type { LayerAnswer } from "#lib/answers/layer.ts";
export type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";
export type { LayerRow } from "#lib/db/queries/list-layers.ts";

/** Rows up to which directories open by themselves. */
const AUTO_ROWS = 40;
/** Names shown by all opened directories together, divided among them. */
const MAX_TREE_ROWS = 400;

export interface LayerRequest {
  /** Name, id or digest of the image, from the URL. */
  readonly text: string;
  readonly position: number;
  readonly show: LayerShow | undefined;
  readonly filter: string;
  /** Paths of the open directories; `undefined`: those that fit. */
  readonly open: readonly string[] | undefined;
  /** Rows of one directory. */
  readonly limit: number;
}

export interface LayerView {
  readonly artifact: ArtifactDetail;
  readonly column: Column;
  /** Newest first. */
  readonly layers: readonly LayerRow[];
  readonly layer: LayerRow;
  /** `undefined` for an image that was scanned before they were stored. */
  readonly settings: ImageSettings | undefined;
  /** `undefined` for an image that is known by its manifest alone. */
  readonly answer: LayerAnswer | undefined;
}

/** One layer of an image. Throws a UsageError if the text matches no artifact, or several, or it has no such layer. */
export async function loadLayer({ text, position, filter, ...tree }: LayerRequest): Promise<LayerView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [artifact, layers, settings] = await Promise.all([
      getArtifact(db, id),
      listLayers(db, [id]),
      getImageSettings(db, id),
    ]);
    const layer = layers[position];
    if (layer === undefined) throw toUnknownName(`layer ${position} in ${artifact.name}`, []);
    const limit = Math.min(tree.limit, Math.ceil(MAX_TREE_ROWS / (1 + (tree.open?.length ?? 0))));
    const question = { artifactId: id, layer: position, text: filter, autoRows: AUTO_ROWS, ...tree, limit };
    const answer = artifact.manifestOnly ? undefined : await answerLayer(db, question);
    const column = toImageColumn(artifact, layers);
    return { artifact, layers: layers.toReversed(), layer, column, settings, answer };
  });
}

/** Every path of a layer, as a file has them. */
export async function exportLayerFiles(text: string, position: number): Promise<Export<LayerFile>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  return { name, kind: "image", rows: await orNotFound(() => answerLayerFiles(db, id, position)) };
}
