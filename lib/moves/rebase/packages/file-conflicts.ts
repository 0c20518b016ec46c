import type { Finding } from "#lib/model/rebase-answer.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";
import { type Ecosystem, type PackageRecord, withinBudget } from "./ecosystem.ts";
import type { MergedPackage } from "./merge-packages.ts";
import { isFile, nodeAt } from "./settle-package.ts";

/**
 * Files that a package of the image's layers and another package, which the new base brought or changed, both contain: a package
 * manager would have refused to install the second one. Equal files are no conflict.
 */
export function findFileConflicts<R extends PackageRecord>(
  ecosystem: Ecosystem<R>,
  sides: RebaseSides,
  packages: readonly MergedPackage<R>[],
  layer: number,
): Finding[] {
  const build = (record: R | undefined) => (record === undefined ? "" : ecosystem.buildOf(record));
  const isKept = (record: R | undefined, each: MergedPackage<R>): record is R =>
    build(record) !== "" && build(record) !== build(each.base) && build(record) === build(each.merged);
  const theirs = packages.filter((each) => isKept(each.theirs, each) && build(each.ours) !== build(each.theirs));
  const ours = packages.filter((each) => isKept(each.ours, each) && build(each.ours) !== build(each.theirs));
  if (theirs.length === 0 || ours.length === 0) return [];
  const limited = withinBudget(ecosystem);
  const owners = new Map<string, string>();
  for (const { key, theirs: record } of theirs)
    for (const path of listRealFiles(limited, sides.newBase, record!)) owners.set(path, key);
  return ours.flatMap(({ key, ours: record }) =>
    listRealFiles(limited, sides.before, record!)
      .filter((path) => owners.has(path) && owners.get(path) !== key && differs(sides, path))
      .map((path) => toConflict(path, { ours: key, theirs: owners.get(path)! }, layer)),
  );
}

/** Where the package's files really are, every link in their directories followed. */
function listRealFiles<R extends PackageRecord>(ecosystem: Ecosystem<R>, tree: MovedTree, record: R): string[] {
  const nodes = (ecosystem.listFiles(tree, record) ?? []).map((path) => nodeAt(tree, path));
  return nodes.filter(isFile).map(({ path }) => path);
}

function differs({ before, newBase }: RebaseSides, path: string): boolean {
  const [one, other] = [before.lookup(path)!, newBase.lookup(path)!];
  const isEqual = one.kind === other.kind && one.linkTarget === other.linkTarget;
  return !isEqual || before.entryOf(one)?.content !== newBase.entryOf(other)?.content;
}

function toConflict(path: string, { ours, theirs }: { ours: string; theirs: string }, layer: number): Finding {
  const evidence = `in ${ours} here, in ${theirs} of the new base`;
  const message = `Two packages contain this file: ${ours} would hide that of ${theirs}.`;
  return { kind: "package-on-both-sides", weight: "blocks", path, layer, evidence, message };
}
