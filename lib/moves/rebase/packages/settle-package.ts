import type { Conflict } from "#lib/formats/three-way/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";
import type { Ecosystem, PackageRecord } from "./ecosystem.ts";

/**
 * Settles a package whose record both sides changed differently. Where the files on the disk are those of one side, its record is kept.
 * The image's files hide the new base's, but only at equal paths: a package that both sides have in another version is kept as the
 * image has it if that is the newer one, all its files are there, and no file of the other one is left beside them. Anything else would
 * be a mix of two builds, `undefined`.
 */
export function settlePackage<R extends PackageRecord>(
  ecosystem: Ecosystem<R>,
  sides: RebaseSides,
  conflict: Conflict<R>,
): R | null | undefined {
  const { ours, theirs } = conflict;
  const build = (record: R | undefined) => (record === undefined ? "" : ecosystem.buildOf(record));
  const builds = { base: build(conflict.base), ours: build(ours), theirs: build(theirs) };
  if (builds.ours === builds.theirs) return ecosystem.mergeStates(conflict, "ours") ?? ours ?? theirs ?? null;
  if (builds.ours === builds.base) return ecosystem.mergeStates(conflict, "theirs") ?? theirs ?? null;
  if (builds.theirs === builds.base) return ecosystem.mergeStates(conflict, "ours") ?? ours ?? null;
  const holds = new FileComparison(ecosystem, sides).isOnlyOurs(builds.ours === "" ? undefined : ours, theirs);
  const isNewer =
    builds.ours === "" || builds.theirs === "" || ecosystem.compareVersions(ours!.version, theirs!.version) > 0;
  return holds && isNewer ? (ours ?? null) : undefined;
}

/** Whose files of a package the rebased image would have. */
class FileComparison<R extends PackageRecord> {
  readonly #ecosystem: Ecosystem<R>;
  readonly #sides: RebaseSides;

  constructor(ecosystem: Ecosystem<R>, sides: RebaseSides) {
    this.#ecosystem = ecosystem;
    this.#sides = sides;
  }

  /** All files of the image's package are there, and none that only the new base's package has. `undefined`: without files. */
  isOnlyOurs(ours: R | undefined, theirs: R | undefined): boolean {
    return this.#isWhole(ours) && this.#leavesNothing(theirs);
  }

  #isWhole(ours: R | undefined): boolean {
    const { before, after } = this.#sides;
    const files = ours === undefined ? [] : this.#ecosystem.listFiles(before, ours);
    return files?.every((path) => isSame(before, after, path)) ?? false;
  }

  #leavesNothing(theirs: R | undefined): boolean {
    const { before, after, newBase } = this.#sides;
    if (theirs === undefined || this.#ecosystem.buildOf(theirs) === "") return true;
    const files = this.#ecosystem.listFiles(newBase, theirs);
    return files?.every((path) => !isFile(nodeAt(after, path)) || nodeAt(before, path) !== undefined) ?? false;
  }
}

/** The name at a path that a package lists: links in its directories are followed, the name itself is not. */
export function nodeAt(tree: MovedTree, path: string): FileNode | undefined {
  const slash = path.lastIndexOf("/");
  const directory = slash < 0 ? tree.root : tree.resolve(path.slice(0, slash));
  return directory?.children.get(path.slice(slash + 1));
}

export function isFile(node: FileNode | undefined): node is FileNode {
  return node !== undefined && node.kind !== EntryKind.directory;
}

/** Whether what the first tree has at a path is in the second as well; directories may differ. */
function isSame(first: MovedTree, second: MovedTree, path: string): boolean {
  const one = nodeAt(first, path);
  if (!isFile(one)) return true;
  const other = nodeAt(second, path);
  if (!isFile(other) || other.kind !== one.kind || other.linkTarget !== one.linkTarget) return false;
  return first.entryOf(one)?.content === second.entryOf(other)?.content;
}
