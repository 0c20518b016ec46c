import { UPDATE_MODELS, type UpdateModel } from "#lib/model/update-cost.ts";
import { type AgainUnit, ESTIMATED, type ModelCosts, sumUnits } from "./again.ts";
import { toGrafts } from "./pair-costs.ts";
import { layersOf, listNodeUnits, type Side, toLayerUnit } from "./side.ts";

/** What an artifact costs under each model, by the layers and the graph that it has today. */
export type GraphUnits = Readonly<Record<UpdateModel, readonly AgainUnit[] | null>>;

/**
 * What storing these nodes of an artifact again takes, if each gets other contents of the same size. All are estimates: a build may
 * change other files, too.
 */
export function listGraphUnits(side: Side, nodes: readonly number[]): GraphUnits {
  const units = listNodeUnits(side);
  const own = nodes.map((node) => units[node]!);
  const reached = side.listDependents(nodes);
  const rebuilt = units.filter((_, node) => reached[node] === 1);
  const contents = listContents(side, new Set(nodes)) ?? own;
  return {
    ...listLayerUnits(side, new Set(nodes)),
    package: own,
    "input-addressed": rebuilt,
    grafts: toGrafts({ rebuilt, changed: new Set(own.map(({ key }) => key)) }),
    "content-addressed": own,
    file: contents,
    chunk: contents,
  };
}

export function sumGraphUnits(artifacts: readonly GraphUnits[]): ModelCosts[] {
  const unitsOf = (model: UpdateModel) => artifacts.map((units) => units[model]);
  return UPDATE_MODELS.map((model) =>
    // The base itself is built again, where what stands on it is rebased.
    sumUnits(model, ESTIMATED, unitsOf(model), model === "rebase" ? { instead: unitsOf("layers") } : {}),
  );
}

function listLayerUnits(side: Side, nodes: ReadonlySet<number>) {
  const layers = layersOf(side);
  if (layers === null) return { layers: null, "changed-layers": null, rebase: null };
  const touched = listTouched(side, nodes);
  const lowest = Math.min(layers.length, ...touched);
  return {
    layers: layers.slice(lowest).map((layer) => toLayerUnit(layer, layer.chainId)),
    "changed-layers": layers.filter((_, i) => touched.has(i)).map((layer) => toLayerUnit(layer, layer.diffId)),
    rebase: listRebased(side, touched),
  };
}

/** The base's layers from the lowest that changes, built again, under the same layers; `null` if a layer above the base changes. */
function listRebased(side: Side, touched: ReadonlySet<number>): AgainUnit[] | null {
  const layers = layersOf(side)!;
  const { base } = side;
  if (base === null || touched.size === 0 || [...touched].some((layer) => layer >= base.layerCount)) return null;
  return [
    ...layers.slice(Math.min(...touched), base.layerCount).map((layer) => toLayerUnit(layer, layer.chainId)),
    // By its ChainID of today: an image on this one has the same moved layer in its base, and a disk stores it once.
    ...layers.slice(base.layerCount).map((layer) => ({ ...toLayerUnit(layer, layer.chainId), pull: 0 })),
  ];
}

/** The layers that have visible files of the nodes. */
function listTouched({ holding }: Side, nodes: ReadonlySet<number>): Set<number> {
  const touched = new Set<number>();
  if (holding.kind !== "image") return touched;
  const { count, owner, layer } = holding.bodies;
  for (let row = 0; row < count; row++) if (nodes.has(owner[row]!)) touched.add(layer[row]!);
  return touched;
}

/** The contents of the nodes' files, each once; `undefined` for a closure. */
function listContents(side: Side, nodes: ReadonlySet<number>): AgainUnit[] | undefined {
  const { holding } = side;
  if (holding.kind !== "image") return undefined;
  const { count, owner, contentId, byteCount, layer } = holding.bodies;
  const contents = new Map<number, AgainUnit>();
  for (let row = 0; row < count; row++) {
    if (!nodes.has(owner[row]!)) continue;
    const { contentSize, downloadSize = Number.POSITIVE_INFINITY } = holding.layers[layer[row]!]!;
    const store = byteCount[row]!;
    const pull = store === 0 ? 0 : (store * downloadSize) / contentSize;
    contents.set(contentId[row]!, { key: `content ${contentId[row]}`, store, pull });
  }
  return [...contents.values()];
}
