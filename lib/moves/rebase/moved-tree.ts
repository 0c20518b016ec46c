import { toDiscoveryOptions } from "#lib/ingest/image/discovery-options.ts";
import { detectComponents, type FoundComponents } from "#lib/ingest/packages/detect-components.ts";
import { squash } from "#lib/ingest/squash/squash.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { type LayerListing, toListing } from "#lib/model/layer-listing.ts";
import { toMovedEntry } from "./moved-entries.ts";
import type { MovedConfig, MovedEntry, MovedTree } from "./sides.ts";

/** A layer as read, with the listing that all trees with it share. */
export interface ReadLayer {
  readonly scan: LayerScan;
  readonly listing: LayerListing;
}

export function toReadLayer(scan: LayerScan): ReadLayer {
  return { scan, listing: toListing(scan) };
}

/** The squashed layers. Packages are detected when they are first asked for. */
export function buildMovedTree(layers: readonly ReadLayer[], config: MovedConfig, source: string): MovedTree {
  const { tree, problems } = squash(layers.map(({ listing }) => listing));
  const diffIds = layers.map(({ scan }) => scan.diffId);
  let found: FoundComponents | undefined;
  return {
    root: tree.root,
    names: tree.names,
    lookup: (path) => tree.lookup(path),
    resolve: (path) => tree.resolve(path),
    get isExhausted() {
      return tree.isExhausted;
    },
    document: (node) => tree.document(node),
    hashParts: (node) => tree.hashParts(node),
    entryOf: (node) => entryOf(layers, node),
    danglingHardLinks: new Set(problems.filter(({ code }) => code === "missing-target").map(({ path }) => path)),
    symbolsOf: ({ body }) => (body === undefined ? undefined : layers[body.layer]?.scan.symbols?.get(body.entry)),
    withLayer: (scan) => buildMovedTree([...layers, toReadLayer(scan)], config, source),
    get found() {
      found ??= detectComponents(tree, toDiscoveryOptions(config.parsed, source, diffIds));
      return found;
    },
  };
}

function entryOf(layers: readonly ReadLayer[], node: FileNode): MovedEntry | undefined {
  const { layer, entry } = node.body ?? node;
  const read = layers[layer];
  if (entry < 0 || read === undefined) return undefined;
  return { ...toMovedEntry(read.scan, entry, layer), path: node.path, kind: node.kind, link: node.linkTarget };
}
