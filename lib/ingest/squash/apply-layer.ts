import { EntryKind } from "#lib/model/layer.ts";
import type { LayerListing } from "#lib/model/layer-listing.ts";
import { InputError, type Problem } from "#lib/model/problem.ts";
import { type CountedBody, TreeNode, walk } from "./tree-node.ts";

/**
 * Directories that entries imply without one of them making it. Entries are bounded where they are read, but each may
 * imply as many as its path is deep; real layers name nearly all of theirs.
 */
export const MAX_IMPLIED = 200_000;

/** One layer on its way into the tree. `position` is its place in the image, 0 the lowest. */
interface Application {
  root: TreeNode;
  layer: LayerListing;
  position: number;
  bodies: CountedBody[];
  problems: Omit<Problem, "source">[];
  /** Directories implied so far, in all layers. */
  implied: { count: number };
}

/**
 * Applies one layer to the tree below it, in place (image-spec `layer.md#applying-changesets`).
 *
 * Whiteouts come first, wherever they stand in the tar: they hide lower layers only, never this layer's own entries.
 * Then the entries in tar order, the last one of a path winning. A directory over a directory merges; anything else
 * replaces what stood there with all under it. Parents are taken literally: no symlink on the way is followed, so no
 * entry can land outside the place it names, and a directory that no entry made is implied.
 */
export function applyLayer(application: Application): void {
  const { layer } = application;
  for (let i = 0; i < layer.kind.length; i++) applyWhiteout(application, i);
  for (let i = 0; i < layer.kind.length; i++) {
    if (layer.kind[i]! < EntryKind.whiteout) applyEntry(application, i);
    else countUnseen(application, i);
  }
}

/** A body that is in no tree from the start: under a whiteout's name or a reserved one. */
function countUnseen({ layer, position, bodies }: Application, i: number): void {
  const byteCount = layer.byteCount[i]!;
  if (byteCount > 0) bodies.push({ layer: position, entry: i, byteCount, nameCount: 0, hiddenBy: position });
}

function applyWhiteout({ root, layer, position }: Application, i: number): void {
  const kind = layer.kind[i];
  if (kind !== EntryKind.whiteout && kind !== EntryKind.opaqueWhiteout) return;
  const node = findNode(root, layer.path[i]!);
  if (node === undefined) return;
  if (kind === EntryKind.whiteout) hide(node, position);
  else for (const child of [...node.children.values()]) hide(child, position);
}

function applyEntry(application: Application, i: number): void {
  const { root, layer, position } = application;
  const kind = layer.kind[i] as EntryKind;
  const path = layer.path[i]!;
  if (path === "") {
    if (kind === EntryKind.directory) placeDirectory(root, position, i);
    return;
  }
  const linked = kind === EntryKind.hardLink ? findNode(root, layer.link[i]!) : undefined;
  const cut = path.lastIndexOf("/");
  const parent = openParent(application, path.slice(0, Math.max(cut, 0)));
  const name = path.slice(cut + 1);
  const existing = parent.children.get(name);
  if (kind === EntryKind.directory && existing?.kind === EntryKind.directory) placeDirectory(existing, position, i);
  else if (kind === EntryKind.hardLink) placeHardLink(application, i, { parent, name, existing, linked });
  else {
    if (existing !== undefined) hide(existing, position);
    parent.setChild(new TreeNode(name, parent, { kind, layer: position, entry: i, ...bodyOrTarget(application, i) }));
  }
}

function placeDirectory(directory: TreeNode, layer: number, entry: number): void {
  directory.layer = layer;
  directory.entry = entry;
}

function bodyOrTarget(
  { layer, position, bodies }: Application,
  i: number,
): { body?: CountedBody; linkTarget?: string } {
  if (layer.kind[i] === EntryKind.symlink) return { linkTarget: layer.link[i]! };
  if (layer.kind[i] !== EntryKind.file) return {};
  const body = { layer: position, entry: i, byteCount: layer.byteCount[i]!, nameCount: 1, hiddenBy: -1 };
  bodies.push(body);
  return { body };
}

interface HardLinkPlace {
  parent: TreeNode;
  name: string;
  existing: TreeNode | undefined;
  linked: TreeNode | undefined;
}

/** A second name for a body that is there already: of this layer, or of one below. */
function placeHardLink(application: Application, i: number, { parent, name, existing, linked }: HardLinkPlace): void {
  const { layer, position, problems } = application;
  if (linked !== undefined && linked === existing) return;
  if (linked === undefined || linked.kind === EntryKind.directory) {
    const message = `hard link to ${layer.link[i] || "nothing"}, which is not there`;
    problems.push({ code: "missing-target", severity: "warning", path: layer.path[i]!, message });
  }
  if (linked?.body !== undefined) linked.body.nameCount += 1;
  if (existing !== undefined) hide(existing, position);
  const { kind = EntryKind.file, linkTarget, body } = linked?.kind === EntryKind.directory ? {} : (linked ?? {});
  parent.setChild(new TreeNode(name, parent, { kind, layer: position, entry: i, linkTarget, body }));
}

/** The directory at `path`, made where it is missing; what stands in its way and is no directory goes. */
function openParent({ root, position, implied }: Application, path: string): TreeNode {
  let node = root;
  if (path === "") return node;
  for (const name of path.split("/")) {
    let next = node.children.get(name);
    if (next !== undefined && next.kind !== EntryKind.directory) {
      hide(next, position);
      next = undefined;
    }
    if (next === undefined) {
      next = new TreeNode(name, node, { kind: EntryKind.directory, layer: position, entry: -1 });
      node.setChild(next);
      implied.count += 1;
    }
    node = next;
  }
  if (implied.count > MAX_IMPLIED) {
    throw new InputError(
      "limit-exceeded",
      path.slice(0, 80),
      `more than ${MAX_IMPLIED} directories that no entry makes`,
    );
  }
  return node;
}

/** Takes a name with all under it out of the tree. A body goes when its last name goes, hidden by this layer. */
function hide(node: TreeNode, position: number): void {
  node.parent?.children.delete(node.name);
  for (const { body } of walk(node)) {
    if (body === undefined) continue;
    body.nameCount -= 1;
    if (body.nameCount === 0) body.hiddenBy = position;
  }
}

/** The name at this path, no symlink followed. */
export function findNode(root: TreeNode, path: string): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  if (path === "") return node;
  for (const name of path.split("/")) {
    node = node.children.get(name);
    if (node === undefined) return undefined;
  }
  return node;
}
