import type { Pool } from "pg";
import { computeLayerFiles, directoriesAbove } from "#lib/analysis/layers/layer-effects.ts";
import { computeLayerFigures, matchesShow } from "#lib/analysis/layers/layer-figures.ts";
import { computeLayerTree, type TreeOptions } from "#lib/analysis/layers/layer-tree.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import {
  listDirectoryEnds,
  listOtherDirectories,
  listOwnEntries,
  listSamePaths,
  listWastedHere,
} from "#lib/db/queries/list-layer-files.ts";
import { listLayerIds } from "#lib/db/queries/list-layer-ids.ts";
import type { LayerFigures, LayerFile, LayerShow, LayerTreeRow } from "#lib/model/layer-files.ts";
import { UsageError } from "#lib/model/problem.ts";
import { checkSized } from "./check-sized.ts";
import { KeptByUse } from "./kept/by-use.ts";
import { whileWhole } from "./while-whole.ts";

/** Cached paths of layers: some 200 bytes each. */
const KEPT_PATHS = 400_000;
const kept = new KeptByUse<Effects, string>(KEPT_PATHS, ({ files }) => files.length);

interface Effects {
  readonly files: readonly LayerFile[];
  readonly figures: LayerFigures;
}

export interface LayerQuestion extends TreeOptions {
  readonly artifactId: number;
  /** Position of the layer, 0 for the lowest. */
  readonly layer: number;
  readonly show: LayerShow | undefined;
  /** Part of a path, in any case; "" for all. */
  readonly text: string;
}

export interface LayerAnswer {
  readonly figures: LayerFigures;
  /** The opened part of the tree of all paths that match. */
  readonly rows: readonly LayerTreeRow[];
  /** Paths that match. */
  readonly matching: number;
}

/** What a layer of an image adds, changes and removes, and what later layers hide of it. Throws a UsageError if there is no such layer. */
export function answerLayer(db: Pool, { artifactId, layer, show, text, ...tree }: LayerQuestion): Promise<LayerAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const { files, figures } = await loadEffects(db, artifactId, layer);
    const wanted = text.replace(/^\//, "").toLowerCase();
    const matching = files.filter((file) => matchesShow(file, show) && file.path.toLowerCase().includes(wanted));
    return { figures, rows: computeLayerTree(matching, tree), matching: matching.length };
  });
}

/** Every path of a layer, and those that it removes. */
export function answerLayerFiles(db: Pool, artifactId: number, layer: number): Promise<readonly LayerFile[]> {
  return whileWhole(db, [{ id: artifactId }], async () => (await loadEffects(db, artifactId, layer)).files);
}

async function loadEffects(db: Pool, artifactId: number, layer: number): Promise<Effects> {
  await checkSized(db, [{ id: artifactId }]);
  const { kind, name } = await getArtifact(db, artifactId);
  if (kind === "closure") throw new UsageError(`${name} is a closure, and only images have layers`);
  const ids = await listLayerIds(db, artifactId);
  const layerId = ids[layer];
  if (layerId === undefined) throw new UsageError(`layer ${layer} is out of range (0–${ids.length - 1})`);
  return kept.get(`${artifactId} ${layer}`, () => computeEffects(db, artifactId, layer, layerId));
}

async function computeEffects(db: Pool, artifactId: number, layer: number, layerId: number): Promise<Effects> {
  const [own, same, directories, wasted] = await Promise.all([
    listOwnEntries(db, layerId),
    listSamePaths(db, artifactId, layer),
    listOtherDirectories(db, artifactId, layer),
    listWastedHere(db, artifactId, layer),
  ]);
  const above = new Set<string>();
  for (const { path } of own) {
    for (const directory of directoriesAbove(path)) {
      if (above.has(directory)) break;
      above.add(directory);
    }
  }
  const ends = await listDirectoryEnds(db, artifactId, layer, [...above]);
  const files = computeLayerFiles({ layer, own, same, ends, directories, wasted });
  return { files, figures: computeLayerFigures(files) };
}
