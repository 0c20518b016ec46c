import "server-only";
import type { LayerRow } from "#lib/db/queries/list-layers.ts";
import type { RetainedNode } from "#lib/db/queries/list-retained.ts";

/** One layer in a column. Sizes in bytes. */
export interface Stratum {
  readonly position: number;
  readonly diffId: string;
  readonly contentSize: number;
  readonly wastedSize: number;
  readonly createdBy: string;
  /** Artifacts here that have this layer, this one included. */
  readonly imageCount: number;
}

/** One node in a closure's block, with those that it alone keeps inside it. */
export interface Block {
  readonly nodeIndex: number;
  readonly name: string;
  readonly version: string;
  readonly selfSize: number;
  readonly retainedSize: number;
  readonly children: Block[];
}

/** The picture of an artifact: strata, lowest first, or blocks divided by retained size. */
export type Column =
  | { readonly kind: "image"; readonly bytes: number; readonly strata: readonly Stratum[] }
  | { readonly kind: "closure"; readonly bytes: number; readonly blocks: readonly Block[] };

export function toStratum(layer: LayerRow): Stratum {
  const { position, diffId, contentSize, wastedSize, createdBy, imageCount } = layer;
  return { position, diffId, contentSize, wastedSize, createdBy, imageCount };
}

/** The blocks directly under the virtual root, each with its own inside. A node whose dominator is not among them counts as one. */
export function buildBlocks(nodes: readonly RetainedNode[]): Block[] {
  const blocks = new Map<number, Block>();
  for (const { nodeIndex, name, version, selfSize, retainedSize } of nodes) {
    blocks.set(nodeIndex, { nodeIndex, name, version, selfSize, retainedSize, children: [] });
  }
  const outermost: Block[] = [];
  for (const { nodeIndex, dominator } of nodes) {
    const around = blocks.get(dominator)?.children ?? outermost;
    around.push(blocks.get(nodeIndex)!);
  }
  return outermost;
}
