import { EntryKind } from "#lib/model/layer.ts";
import { type LayerListing, listedPath } from "#lib/model/layer-listing.ts";
import { InputError, type Problem } from "#lib/model/problem.ts";
import { CountedBody, TreeNode, walk } from "./tree-node.ts";

/**
 * Directories implied by entries without an entry of their own. Entries are limited where they are read, but each may imply as
 * many directories as its path is deep; real layers have entries for nearly all of theirs.
 */
export const MAX_IMPLIED = 200_000;

/** UTF-16 units of the paths of all implied directories: 200 entries can imply the maximum number of paths of 4 kB. */
export const MAX_IMPLIED_PATH_LENGTH = 32 * 1024 ** 2;

/** Hard links to nothing that are listed one by one; a hostile layer has one for each of its entries. */
export const MAX_LINK_PROBLEMS = 1000;

/** State of applying layers to a tree. */
export interface SquashState {
  readonly root: TreeNode;
  /** Bodies that had no name at some point; a hard link may have restored one since. */
  readonly hidden: CountedBody[];
  readonly problems: Omit<Problem, "source">[];
  /** Directories implied so far, in all layers. */
  implied: number;
  impliedPathLength: number;
  danglingLinks: number;
  /** The parent of the last entry: usually the same for the next. Reset when anything is hidden. */
  open: { readonly path: string; readonly node: TreeNode } | undefined;
}

/** One layer and its position in the image, 0 the lowest. */
interface Layer {
  readonly listing: LayerListing;
  readonly position: number;
}

/** A tree without layers. */
export function openState(root: TreeNode): SquashState {
  return { root, hidden: [], problems: [], implied: 0, impliedPathLength: 0, danglingLinks: 0, open: undefined };
}

/**
 * Applies one layer to the tree below it, in place (image-spec `layer.md#applying-changesets`).
 *
 * Whiteouts come first, wherever they are in the tar: they hide lower layers only, never this layer's own entries. Then the
 * entries in tar order; the last one of a path wins. A directory over a directory merges; anything else replaces the existing
 * name with all under it. Parents are taken literally: no symlink on the way is followed, so no entry can land outside the place
 * it names, and a directory without an entry is implied.
 */
export function applyLayer(state: SquashState, listing: LayerListing, position: number): void {
  const layer = { listing, position };
  for (let i = 0; i < listing.kind.length; i++) applyWhiteout(state, layer, i);
  for (let i = 0; i < listing.kind.length; i++) {
    if (listing.kind[i]! < EntryKind.whiteout) applyEntry(state, layer, i);
    else countUnseen(state, layer, i);
  }
}

/** A body that is in no tree from the start: under a whiteout's name or a reserved one. */
function countUnseen({ hidden }: SquashState, { listing, position }: Layer, i: number): void {
  const byteCount = listing.byteCount[i]!;
  if (byteCount === 0) return;
  const body = new CountedBody({ layer: position, entry: i, byteCount }, 0);
  body.hiddenBy = position;
  hidden.push(body);
}

function applyWhiteout(state: SquashState, { listing, position }: Layer, i: number): void {
  const kind = listing.kind[i];
  if (kind !== EntryKind.whiteout && kind !== EntryKind.opaqueWhiteout) return;
  const node = findNode(state.root, listedPath(listing, i));
  if (node === undefined) return;
  if (kind === EntryKind.whiteout) hide(state, node, position);
  else for (const child of [...node.children.values()]) hide(state, child, position);
}

function applyEntry(state: SquashState, layer: Layer, i: number): void {
  const { listing, position } = layer;
  const kind = listing.kind[i] as EntryKind;
  const name = listing.name(i);
  if (name === "") {
    if (kind === EntryKind.directory) placeDirectory(state.root, position, i);
    return;
  }
  const linked = kind === EntryKind.hardLink ? findNode(state.root, listing.link(i)) : undefined;
  const parent = openParent(state, listing.directory(i), position);
  const existing = parent.children.get(name);
  if (kind === EntryKind.directory && existing?.kind === EntryKind.directory) placeDirectory(existing, position, i);
  else if (kind === EntryKind.hardLink) placeHardLink(state, layer, i, { parent, name, existing, linked });
  else {
    if (existing !== undefined) hide(state, existing, position);
    const made = { kind, layer: position, entry: i, content: bodyOrTarget(layer, i) };
    parent.setChild(new TreeNode(name, parent, made));
  }
}

function placeDirectory(directory: TreeNode, layer: number, entry: number): void {
  directory.layer = layer;
  directory.entry = entry;
}

function bodyOrTarget({ listing }: Layer, i: number): number | string | undefined {
  if (listing.kind[i] === EntryKind.symlink) return listing.link(i);
  return listing.kind[i] === EntryKind.file ? listing.byteCount[i] : undefined;
}

interface HardLinkPlace {
  parent: TreeNode;
  name: string;
  existing: TreeNode | undefined;
  linked: TreeNode | undefined;
}

/** A second name for an existing body of this layer, or of one below. */
function placeHardLink(state: SquashState, layer: Layer, i: number, place: HardLinkPlace): void {
  const { parent, name, existing, linked } = place;
  const { position } = layer;
  if (linked !== undefined && linked === existing) return;
  if (linked === undefined || linked.kind === EntryKind.directory) noteDanglingLink(state, layer.listing, i);
  const { kind = EntryKind.file, content } = linked === undefined ? {} : contentOf(linked);
  if (typeof content === "object") content.nameCount += 1;
  if (existing !== undefined) hide(state, existing, position);
  parent.setChild(new TreeNode(name, parent, { kind, layer: position, entry: i, content }));
}

/** The content a hard link to this name shares; nothing for a directory. */
function contentOf(linked: TreeNode): { kind?: EntryKind; content?: CountedBody | string | undefined } {
  const { kind } = linked;
  if (kind === EntryKind.directory) return {};
  return { kind, content: kind === EntryKind.symlink ? linked.linkTarget : linked.countBody() };
}

function noteDanglingLink(state: SquashState, listing: LayerListing, i: number): void {
  state.danglingLinks += 1;
  if (state.danglingLinks > MAX_LINK_PROBLEMS) return;
  const message = `hard link to ${listing.link(i) || "nothing"}: no such file`;
  const path = listedPath(listing, i);
  state.problems.push({ code: "missing-target", severity: "warning", path, message });
}

/** The directory at `path`, created if missing; anything else in its way is replaced. */
function openParent(state: SquashState, path: string, position: number): TreeNode {
  if (state.open?.path === path) return state.open.node;
  let node = state.root;
  let length = -1;
  for (const name of path === "" ? [] : path.split("/")) {
    length += 1 + name.length;
    node =
      openDirectory(state, node, name, position) ?? implyDirectory(state, { parent: node, name, position, length });
  }
  state.open = { path, node };
  return node;
}

/** The directory of that name, if there is one. Anything else of that name is removed. */
function openDirectory(state: SquashState, parent: TreeNode, name: string, position: number): TreeNode | undefined {
  const found = parent.children.get(name);
  if (found === undefined || found.kind === EntryKind.directory) return found;
  hide(state, found, position);
  return undefined;
}

interface ImpliedDirectory {
  readonly parent: TreeNode;
  readonly name: string;
  readonly position: number;
  /** UTF-16 units of its path. */
  readonly length: number;
}

function implyDirectory(state: SquashState, { parent, name, position, length }: ImpliedDirectory): TreeNode {
  state.implied += 1;
  state.impliedPathLength += length;
  if (state.implied > MAX_IMPLIED || state.impliedPathLength > MAX_IMPLIED_PATH_LENGTH) {
    const message = `more than ${MAX_IMPLIED} directories, or ${MAX_IMPLIED_PATH_LENGTH} characters of their paths, without entries`;
    throw new InputError("limit-exceeded", parent.path.slice(0, 80), message);
  }
  const directory = new TreeNode(name, parent, { kind: EntryKind.directory, layer: position, entry: -1 });
  parent.setChild(directory);
  return directory;
}

/** Removes a name with all under it from the tree. A body whose last name is removed is hidden by this layer. */
function hide(state: SquashState, node: TreeNode, position: number): void {
  state.open = undefined;
  node.parent?.deleteChild(node);
  for (const hidden of walk(node)) {
    const body = hidden.countBody();
    if (body === undefined) continue;
    body.nameCount -= 1;
    if (body.nameCount > 0) continue;
    if (body.hiddenBy === -1) state.hidden.push(body);
    body.hiddenBy = position;
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
