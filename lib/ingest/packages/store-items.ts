import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { findHashParts, parseDerivation } from "#lib/formats/store-references/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";

const STORES = ["nix/store", "gnu/store"];

/** The store items of an image. */
export class StoreItems {
  /** By hash part. */
  readonly byHash: ReadonlyMap<string, StoreItem>;

  constructor(items: readonly StoreItem[]) {
    this.byHash = new Map(items.map((item) => [item.hashPart, item]));
  }

  get isEmpty(): boolean {
    return this.byHash.size === 0;
  }

  /** The items whose hash parts are in a text, such as a word of the image's command. */
  listNamed(text: string): StoreItem[] {
    return findHashParts(text).flatMap((hashPart) => this.byHash.get(hashPart) ?? []);
  }
}

interface StoreItem {
  readonly hashPart: string;
  readonly baseName: string;
  readonly node: FileNode;
  readonly index: number;
  readonly isDerivation: boolean;
}

/**
 * Detects the items of a Nix or Guix store in the tree: a component each, with its store path for identity, which owns all files
 * in it. It refers to the items whose hash parts are in its files, file names and symlinks, as the stores themselves find references.
 */
export function detectStoreItems(discovery: Discovery): StoreItems {
  const items = STORES.flatMap((path) => findItems(discovery, path));
  const found = new StoreItems(items);
  for (const item of items) addReferences(discovery, found, item);
  return found;
}

/** In path order; of two with one hash part, the second (a lock file) belongs to the first. */
function findItems(discovery: Discovery, path: string): StoreItem[] {
  const directory = discovery.tree.lookup(path);
  const nodes = [...(directory?.children.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  const items = new Map<string, StoreItem>();
  for (const node of nodes) {
    const parsed = parseStorePath(`/${path}/${node.name}`);
    if (parsed === undefined) continue;
    const { hashPart, baseName, name, version, isDerivation } = parsed;
    const identity = parsed.path;
    const known = items.get(hashPart);
    const index = known?.index ?? discovery.addComponent({ kind: "store", name, version, identity, instancePath: "" });
    if (known === undefined) items.set(hashPart, { hashPart, baseName, node, index, isDerivation });
    if (node.kind === EntryKind.directory) claimTree(discovery, node, index);
    else discovery.owners.claim(node, index);
  }
  return [...items.values()];
}

/** The evidence is the first place in path order: the order in which directories were listed is arbitrary. */
function addReferences(discovery: Discovery, { byHash }: StoreItems, item: StoreItem): void {
  const places = new Map<StoreItem, string>();
  for (const node of walkItem(item.node)) {
    for (const hashPart of hashPartsOf(discovery, node, item)) {
      const to = byHash.get(hashPart);
      if (to === undefined || to === item) continue;
      const place = places.get(to);
      if (place === undefined || node.path < place) places.set(to, node.path);
    }
  }
  for (const [{ index, hashPart, baseName }, place] of places)
    discovery.addReference(item.index, index, `${place} names ${hashPart}-${baseName}`);
}

function* walkItem(item: FileNode): Generator<FileNode> {
  const open = [item];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...node.children.values());
  }
}

/** The item's own name does not count: its archive does not have it. */
function hashPartsOf({ tree }: Discovery, node: FileNode, item: StoreItem): readonly string[] {
  const derivation = item.isDerivation ? tree.document(node) : undefined;
  const inFile = (derivation && parseDerivation(derivation)) ?? tree.hashParts(node);
  return [...findHashParts(node === item.node ? "" : node.name), ...findHashParts(node.linkTarget), ...inFile];
}

/**
 * What an image of store items was made for: the items that its command and its environment name, and those that links outside the
 * store lead to, which is what profiles and `/bin` consist of. A link of a package is not one of them: the package made it.
 */
export function addRequestedItems(discovery: Discovery, items: StoreItems): void {
  if (items.isEmpty) return;
  const { command, path = "", libraryPath = "" } = discovery.options;
  for (const word of command) addRoots(discovery, items.listNamed(word), RootReason.entrypoint);
  for (const word of [path, libraryPath]) addRoots(discovery, items.listNamed(word), RootReason.named);
  for (const node of discovery.index.symlinks) {
    if (discovery.packageOf(node) !== undefined) continue;
    addRoots(discovery, items.listNamed(node.linkTarget), RootReason.named);
  }
}

function addRoots(discovery: Discovery, items: readonly StoreItem[], reason: RootReason): void {
  for (const { index } of items) discovery.addRoot(index, reason);
}
