import { readProgramFacts } from "#lib/formats/program-facts/index.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";

const LIBC = "libc.so.6";
const LIBC_VERSION = /^GLIBC_(\d+)\.(\d+)$/;

/** The release of an image's C library, by the newest version of symbols that it defines; "" if it is not the GNU one. */
export function libcRelease(tree: MovedTree): string {
  for (const node of tree.names) {
    if (node.name !== LIBC) continue;
    const file = tree.resolve(node.path);
    const facts = file === undefined ? undefined : tree.document(file);
    const read = facts === undefined ? undefined : readProgramFacts(facts);
    if (read?.kind === "elf") return newest(read.needs.versionsDefined);
  }
  return "";
}

function newest(versions: readonly string[]): string {
  const releases = versions.flatMap((version) => {
    const [, major, minor] = LIBC_VERSION.exec(version) ?? [];
    return major === undefined ? [] : [[Number(major), Number(minor)] as const];
  });
  const last = releases.toSorted(([a, b], [c, d]) => a - c || b - d).at(-1);
  return last === undefined ? "" : last.join(".");
}

/** Whether data of the C library that was made above the old base would be read by another release of it. */
export function isForOtherLibc({ oldBase, newBase }: RebaseSides): boolean {
  const [old, now] = [libcRelease(oldBase), libcRelease(newBase)];
  return old !== "" && old !== now;
}
