import { computeItemRatios, computeWireRatios } from "#lib/analysis/sharing/build-rung.ts";
import type { HeldComponent, HeldItems, HeldLayer, Holding, ImageHolding } from "#lib/model/holding.ts";
import type { AgainUnit } from "./again.ts";

/** The image that an image stands on, whose layers are its lowest. */
export interface SideBase {
  readonly id: string;
  readonly layerCount: number;
}

/** An artifact, as it is or as it becomes. */
export interface Side {
  readonly holding: Holding;
  /** By node index. */
  readonly components: readonly HeldComponent[];
  /** The nodes that some of these need, directly or through others, with these: 1 for each. */
  readonly listDependents: (nodes: readonly number[]) => Uint8Array;
  readonly base: SideBase | null;
}

/** `null` for a closure. */
export function layersOf({ holding }: Side): readonly HeldLayer[] | null {
  return holding.kind === "image" ? holding.layers : null;
}

export function toLayerUnit({ contentSize, downloadSize }: HeldLayer, key: string): AgainUnit {
  return { key, store: contentSize, pull: downloadSize ?? Number.POSITIVE_INFINITY };
}

/** Each node with its own bytes and what a download of them is at today's compression. */
export function listNodeUnits({ holding, components }: Side): AgainUnit[] {
  const pulls = holding.kind === "image" ? sumImagePulls(holding, components.length) : listItemPulls(holding.items);
  return components.map(({ componentId, instancePath, selfSize }, node) => ({
    key: `${componentId} ${instancePath}`,
    store: selfSize,
    pull: pulls[node]!,
  }));
}

function sumImagePulls({ layers, bodies }: ImageHolding, nodeCount: number): Float64Array {
  const ratios = computeWireRatios(layers);
  const pulls = new Float64Array(nodeCount);
  for (let row = 0; row < bodies.count; row++) {
    const owner = bodies.owner[row]!;
    const bytes = bodies.byteCount[row]!;
    if (owner >= 0 && bytes > 0) pulls[owner]! += bytes * ratios[bodies.layer[row]!]!;
  }
  return pulls;
}

function listItemPulls(items: HeldItems): Float64Array {
  const ratios = computeItemRatios(items);
  return items.narSize.map((narSize, item) => (narSize === 0 ? 0 : narSize * ratios[item]!));
}
