import { Discovery } from "#lib/ingest/packages/discovery.ts";
import { listConfDirectories, listLibraryNames } from "#lib/ingest/packages/library-paths.ts";
import type { DiffId } from "#lib/model/digest.ts";
import type { ElfNeeds } from "#lib/model/elf-needs.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { MovedTree } from "../sides.ts";

/** A directory of libraries, and the path by which the linker knows it. */
export interface LinkerDirectory {
  readonly path: string;
  readonly node: FileNode;
}

/**
 * The directories that ldconfig(8) reads: those of ld.so.conf, then the C library's own, each under its first path. Distributions with
 * directories for each architecture have no `lib64`.
 */
export function listLinkerDirectories(tree: MovedTree, { machine, bits }: ElfNeeds): LinkerDirectory[] {
  const names = listLibraryNames(machine, bits);
  const hasTriplet = names.some((name) => name.includes("/") && tree.resolve(`usr/${name}`) !== undefined);
  const own = names.filter((name) => !hasTriplet || name !== "lib64").flatMap((name) => [`/${name}`, `/usr/${name}`]);
  const found = new Map<FileNode, LinkerDirectory>();
  for (const path of [...listConfDirectories(openDiscovery(tree)), ...own]) {
    const node = tree.resolve(path);
    if (node?.kind === EntryKind.directory && !found.has(node)) found.set(node, { path, node });
  }
  return [...found.values()];
}

/** For reading alone: its problems were reported when the components were detected. */
function openDiscovery(tree: MovedTree): Discovery {
  const layerCount = tree.names.reduce((most, { layer, body }) => Math.max(most, layer, body?.layer ?? 0), 0) + 1;
  return new Discovery(tree, { source: "", command: [], diffIds: new Array<DiffId>(layerCount) });
}
