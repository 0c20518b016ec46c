import { findMinimumVersion, type MinimumVersion } from "#lib/formats/dpkg/index.ts";
import { readProgramFacts } from "#lib/formats/program-facts/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { displayPath } from "#lib/model/layer.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";

const INFO = "var/lib/dpkg/info";

/**
 * ` (since libfoo1 1.2; there: 1.1)`: what Debian's packages say of the first version in which a library had a symbol; "" if they say
 * nothing of it.
 */
export function describeMinimum({ before, newBase }: RebaseSides, symbol: string, definer: FileNode): string {
  const soname = sonameOf(before.lookup(definer.path) === undefined ? newBase : before, definer);
  const minimum = findIn(before, soname, symbol) ?? findIn(newBase, soname, symbol);
  if (minimum === undefined) return "";
  const { packageName, version } = minimum;
  const installed = newBase.found.components.find(({ name }) => name === packageName);
  return ` (since ${packageName} ${version}; there: ${installed?.version ?? "none"})`;
}

/** The name by which others need a library; that of its file if it says none. */
export function sonameOf(tree: MovedTree, { path, name }: FileNode): string {
  const file = tree.resolve(path);
  const facts = file === undefined ? undefined : tree.document(file);
  const read = facts === undefined ? undefined : readProgramFacts(facts);
  return read?.kind === "elf" && read.needs.soname !== "" ? read.needs.soname : name;
}

function findIn(tree: MovedTree, soname: string, symbol: string): MinimumVersion | undefined {
  for (const file of tree.resolve(INFO)?.children.values() ?? []) {
    const body = file.name.endsWith(".symbols") ? tree.document(file) : undefined;
    const found = body === undefined ? undefined : findMinimumVersion(displayPath(body), soname, symbol);
    if (found !== undefined) return found;
  }
  return undefined;
}
