import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";

/** The `node_modules` visible from a directory, the nearest first. Shared by all directories that see the same. */
interface ModulesChain {
  readonly modules: FileNode;
  readonly next: ModulesChain | undefined;
}

/**
 * Resolves packages as Node does (Node.js documentation, "Loading from node_modules folders"): from the real path of the
 * importing package upwards, `node_modules/NAME` in each directory not itself named `node_modules`, symlinks followed. The
 * directory's name counts, not the package's: that is how aliases work. Versions are not compared, since Node does not.
 */
export class ModuleLookup {
  readonly #discovery: Discovery;
  readonly #chains = new Map<FileNode, ModulesChain | undefined>();

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
  }

  /** The directory of the nearest package of that name; a directory without a package.json is passed over. */
  find(from: FileNode, name: string): FileNode | undefined {
    for (let chain = this.#chainOf(from); chain !== undefined; chain = chain.next) {
      if (!this.#discovery.spendCandidate()) return undefined;
      const found = this.#child(chain.modules, name);
      if (found?.children.has("package.json")) return found;
    }
    return undefined;
  }

  /** Climbs to the nearest directory with a known chain, then descends again, so that each directory is visited once. */
  #chainOf(from: FileNode): ModulesChain | undefined {
    const unknown: FileNode[] = [];
    let node: FileNode | undefined = from;
    for (; node !== undefined && !this.#chains.has(node); node = node.parent) unknown.push(node);
    let chain = node === undefined ? undefined : this.#chains.get(node);
    for (let below = unknown.pop(); below !== undefined; below = unknown.pop()) {
      const modules = below.name === "node_modules" ? undefined : this.#child(below, "node_modules");
      if (modules !== undefined) chain = { modules, next: chain };
      this.#chains.set(below, chain);
    }
    return chain;
  }

  #child(directory: FileNode, name: string): FileNode | undefined {
    let node: FileNode | undefined = directory;
    for (const part of name.split("/")) node = this.#follow(node?.children.get(part));
    return node?.kind === EntryKind.directory ? node : undefined;
  }

  #follow(node: FileNode | undefined): FileNode | undefined {
    return node?.kind === EntryKind.symlink ? this.#discovery.tree.resolve(node.path) : node;
  }
}
