import { type Distribution, parseOsRelease } from "#lib/formats/purl/index.ts";
import type { FileTree } from "#lib/model/file-tree.ts";

/** The distribution in the tree's os-release (os-release(5): /etc first, then /usr/lib). */
export function findDistribution(tree: FileTree): Distribution {
  for (const path of ["etc/os-release", "usr/lib/os-release"]) {
    const file = tree.resolve(path);
    const body = file === undefined ? undefined : tree.document(file);
    if (body !== undefined) return parseOsRelease(new TextDecoder().decode(body));
  }
  return parseOsRelease("");
}
