import { parseInstalledFiles, parseRecord, parseTopLevel } from "#lib/formats/python/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import { joinPath } from "./join-path.ts";
import { ListedPaths } from "./owner-table.ts";
import type { PythonDistribution } from "./python-edges.ts";

/** Assigns Python distributions their files. */
export class PythonClaims {
  readonly #discovery: Discovery;
  readonly #paths: ListedPaths;

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
    this.#paths = new ListedPaths(discovery.tree);
  }

  /** The files that a distribution lists, and its metadata. False if it has no list: it may have more, by its modules' names. */
  claimListed(distribution: PythonDistribution): boolean {
    const { metadata, site } = distribution;
    const isDirectory = metadata.kind === EntryKind.directory;
    const record = metadata.children.get("RECORD");
    const installed = metadata.children.get("installed-files.txt");
    if (record !== undefined) this.#claimPaths(distribution, record, site, parseRecord);
    if (installed !== undefined) this.#claimPaths(distribution, installed, metadata, parseInstalledFiles);
    if (isDirectory) claimTree(this.#discovery, metadata, distribution.index);
    else this.#discovery.owners.claim(metadata, distribution.index);
    return record !== undefined || installed !== undefined || metadata.name.endsWith(".egg");
  }

  /** The packages and modules that top_level.txt names, except for what other distributions list. */
  claimModules({ metadata, site, index }: PythonDistribution): void {
    const file = metadata.children.get("top_level.txt");
    const names = new Set(file === undefined ? [] : this.#read(file, parseTopLevel));
    if (names.size === 0) return;
    for (const child of site.children.values()) {
      const isDirectory = child.kind === EntryKind.directory;
      if (isDirectory && names.has(child.name)) claimTree(this.#discovery, child, index);
      else if (!isDirectory && names.has(toModule(child.name))) this.#discovery.owners.claim(child, index);
    }
  }

  #claimPaths({ index }: PythonDistribution, list: FileNode, base: FileNode, parse: typeof parseRecord): void {
    for (const path of this.#read(list, parse)) {
      const node = this.#paths.find(joinPath(base.path, path));
      if (node !== undefined) this.#discovery.owners.claim(node, index);
    }
  }

  #read(file: FileNode, parse: typeof parseRecord): readonly string[] {
    return parseDocument(this.#discovery, readNode(this.#discovery, file), parse) ?? [];
  }
}

/** `six.py` → `six`, `_yaml.cpython-313-x86_64-linux-gnu.so` → `_yaml`; "" for other files. */
function toModule(name: string): string {
  return /\.(?:py|so)$/.test(name) ? name.slice(0, name.indexOf(".")) : "";
}
