import { type ReferenceTable, readReferences } from "#lib/formats/store-references/index.ts";
import type { FileBody, FileNode, FileTree } from "#lib/model/file-tree.ts";
import { type EntryKind, WHOLE_LAYER } from "#lib/model/layer.ts";
import type { LayerListing } from "#lib/model/layer-listing.ts";
import { listedPath } from "#lib/model/layer-listing.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { DirectorySums, WastedBodies } from "#lib/model/snapshot.ts";
import { whiteoutPath } from "../layers/whiteout.ts";
import { applyLayer, findNode, MAX_LINK_PROBLEMS, openState, type SquashState } from "./apply-layer.ts";
import { sumDirectories } from "./directory-sums.ts";
import { PathResolver } from "./resolve-path.ts";
import { buildRoot, type CountedBody, type TreeNode, walk } from "./tree-node.ts";

/** An image's layers applied in order, and the bodies hidden. Sizes in bytes; their definitions: docs, "One image". */
export interface Squashed {
  readonly tree: FileTree;
  readonly layersContentSize: number;
  readonly rootfsSize: number;
  readonly wasted: WastedBodies;
  readonly directories: DirectorySums;
  readonly problems: readonly Omit<Problem, "source">[];
}

/**
 * Squashes layers, the lowest first. Every body is visible or wasted: `rootfsSize` + Σ wasted = `layersContentSize`.
 * Throws InputError over `MAX_IMPLIED`.
 */
export function squash(layers: readonly LayerListing[]): Squashed {
  const state = openState(buildRoot());
  for (const [position, layer] of layers.entries()) applyLayer(state, layer, position);
  const { root, hidden } = state;
  const names = [...walk(root)];
  const directories = sumDirectories(names);
  return {
    tree: toFileTree(root, names, layers),
    layersContentSize: layers.reduce((total, layer) => total + layer.contentSize, 0),
    rootfsSize: directories.byteCount[0] ?? 0,
    wasted: findWasted(hidden, layers),
    directories,
    problems: toProblems(state),
  };
}

function toFileTree(root: TreeNode, names: readonly FileNode[], layers: readonly LayerListing[]): FileTree {
  const resolver = new PathResolver(root);
  const references = openReferences(layers);
  return {
    root,
    names,
    lookup: (path) => findNode(root, path),
    resolve: (path) => resolver.resolve(path),
    get isExhausted() {
      return resolver.isExhausted;
    },
    document: ({ body }) => (body === undefined ? undefined : layers[body.layer]?.documents.get(body.entry)),
    hashParts: ({ body }) => (body === undefined ? [] : references(body)),
  };
}

/** What the layers keep of the references of store items. Each layer's table is read when a file in it is first asked for. */
function openReferences(layers: readonly LayerListing[]): (body: FileBody) => readonly string[] {
  const tables = new Map<number, ReferenceTable | undefined>();
  return ({ layer, entry }) => {
    if (!tables.has(layer)) {
      const bytes = layers[layer]?.documents.get(WHOLE_LAYER);
      tables.set(layer, bytes && readReferences(bytes));
    }
    return tables.get(layer)?.of(entry) ?? [];
  };
}

/** Bodies without a name. Empty files waste nothing and are left out. */
function findWasted(hidden: readonly CountedBody[], layers: readonly LayerListing[]): WastedBodies {
  const wasted = hidden
    .filter((body) => body.nameCount === 0 && body.byteCount > 0)
    .sort((a, b) => b.byteCount - a.byteCount || a.layer - b.layer || a.entry - b.entry);
  return {
    count: wasted.length,
    at: (i) => {
      const { byteCount, layer, entry, hiddenBy } = wasted[i]!;
      const listing = layers[layer]!;
      const path = whiteoutPath(listing.kind[entry] as EntryKind, listedPath(listing, entry));
      return { path, byteCount, layer, hiddenBy };
    },
  };
}

function toProblems({ problems, danglingLinks }: SquashState): Omit<Problem, "source">[] {
  const unlisted = danglingLinks - MAX_LINK_PROBLEMS;
  if (unlisted <= 0) return problems;
  const message = `${unlisted} more hard links to nothing are not listed`;
  return [...problems, { code: "limit-exceeded", severity: "warning", path: "", message }];
}
