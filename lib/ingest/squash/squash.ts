import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { LayerListing } from "#lib/model/layer-listing.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { DirectorySum, WastedBody } from "#lib/model/snapshot.ts";
import { whiteoutPath } from "../layers/whiteout.ts";
import { applyLayer, findNode } from "./apply-layer.ts";
import { resolvePath } from "./resolve-path.ts";
import { buildRoot, type CountedBody, type TreeNode, walk } from "./tree-node.ts";

/** An image's layers applied in order, and what that hides. Sizes in bytes; their definitions: docs, "One image". */
export interface Squashed {
  readonly tree: FileTree;
  /** Every visible name, parents before children, the root first. */
  readonly names: readonly FileNode[];
  readonly layersContentSize: number;
  readonly rootfsSize: number;
  readonly wasted: readonly WastedBody[];
  readonly directories: readonly DirectorySum[];
  readonly problems: readonly Omit<Problem, "source">[];
}

/**
 * Squashes layers, the lowest first. Every body is visible or wasted: `rootfsSize` + Σ wasted = `layersContentSize`.
 * Throws InputError over `MAX_IMPLIED`.
 */
export function squash(layers: readonly LayerListing[]): Squashed {
  const root = buildRoot();
  const bodies: CountedBody[] = [];
  const problems: Omit<Problem, "source">[] = [];
  const implied = { count: 0 };
  for (const [position, layer] of layers.entries()) applyLayer({ root, layer, position, bodies, problems, implied });
  const names = [...walk(root)];
  const wasted = findWasted(bodies, layers);
  return {
    tree: toFileTree(root, layers),
    names,
    layersContentSize: sum(layers.map((layer) => layer.contentSize)),
    rootfsSize: sum(bodies.filter((body) => body.nameCount > 0).map((body) => body.byteCount)),
    wasted,
    directories: sumDirectories(names),
    problems,
  };
}

function toFileTree(root: TreeNode, layers: readonly LayerListing[]): FileTree {
  return {
    root,
    lookup: (path) => findNode(root, path),
    resolve: (path) => resolvePath(root, path),
    document: ({ body }) => (body === undefined ? undefined : layers[body.layer]?.documents.get(body.entry)),
  };
}

/** Bodies no name leads to any more, the largest first. Empty files waste nothing and are left out. */
function findWasted(bodies: readonly CountedBody[], layers: readonly LayerListing[]): WastedBody[] {
  return bodies
    .filter((body) => body.nameCount === 0 && body.byteCount > 0)
    .map((body) => {
      const { path: paths, kind: kinds } = layers[body.layer]!;
      const path = whiteoutPath(kinds[body.entry] as EntryKind, paths[body.entry]!);
      return { path, byteCount: body.byteCount, layer: body.layer, hiddenBy: body.hiddenBy };
    })
    .sort((a, b) => b.byteCount - a.byteCount || (a.path < b.path ? -1 : 1));
}

/** Sums a directory, everything under it; a hard-linked body counts at the first of its names the walk meets. */
function sumDirectories(names: readonly FileNode[]): DirectorySum[] {
  const bytes = new Map<FileNode, number>();
  const files = new Map<FileNode, number>();
  const seen = new Set<object>();
  // Backwards, so that a directory is complete before it is added to its parent.
  for (let i = names.length - 1; i >= 0; i--) {
    const node = names[i]!;
    const byteCount = node.body === undefined || seen.has(node.body) ? 0 : node.body.byteCount;
    if (node.body !== undefined) seen.add(node.body);
    if (node.parent === undefined) continue;
    add(bytes, node.parent, byteCount + (bytes.get(node) ?? 0));
    add(files, node.parent, (node.kind === EntryKind.file ? 1 : 0) + (files.get(node) ?? 0));
  }
  return names
    .filter((node) => node.kind === EntryKind.directory)
    .map((node) => ({ path: node.path, byteCount: bytes.get(node) ?? 0, fileCount: files.get(node) ?? 0 }));
}

function add(sums: Map<FileNode, number>, node: FileNode, amount: number): void {
  sums.set(node, (sums.get(node) ?? 0) + amount);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
