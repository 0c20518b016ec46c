import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { counted } from "./counted.ts";
import type { MovedEntry, RebaseCheck, RebaseSides } from "./sides.ts";

/** What stands at a path; two of a kind do not get in each other's way. */
type PathType = "directory" | "link" | "file" | "nothing";

/** Mounted over when a container starts, so that it does not matter what is there. */
const MOUNTED_OVER = new Set(["etc/hosts", "etc/hostname", "etc/resolv.conf", "etc/mtab", "proc", "sys", "dev"]);

/** A path at which the new base has another type than the old one, and the image's layers need the old one. */
interface Flip {
  readonly needed: PathType;
  readonly first: MovedEntry;
  count: number;
}

/**
 * Point 2 of docs/rebase.md: on every prefix of every path that the image's layers write, whether the new base has another type there.
 * Engines unpack each layer by itself: a directory above a link hides all that the link leads to.
 */
export const checkTypes: RebaseCheck = (sides) => {
  const flips = new Map<string, Flip>();
  const isOpen = openPrefixes(sides);
  for (const entry of sides.upper) {
    const [needed, path] = firstConflict(sides, entry, isOpen) ?? [];
    if (needed === undefined || path === undefined) continue;
    const flip = flips.get(path) ?? { needed, first: entry, count: 0 };
    flip.count += 1;
    flips.set(path, flip);
  }
  const findings = [...flips].map(([path, flip]) => toFinding(sides, path, flip));
  return {
    scope: `${counted(sides.upper.length, "entry", "entries")} of the image's own layers`,
    findings,
    before: [],
    merged: [],
  };
};

/** Whether the directory at a path is the same in both bases, kept for the next entry of the same directory. */
function openPrefixes(sides: RebaseSides): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const open = known.get(path) ?? !isFlipped(sides, path, "directory");
    known.set(path, open);
    return open;
  };
}

function firstConflict(
  sides: RebaseSides,
  entry: MovedEntry,
  isOpen: (path: string) => boolean,
): readonly [PathType, string] | undefined {
  for (let slash = entry.path.indexOf("/"); slash >= 0; slash = entry.path.indexOf("/", slash + 1)) {
    const prefix = entry.path.slice(0, slash);
    if (!isOpen(prefix)) return ["directory", prefix];
  }
  const type = typeOfEntry(entry.kind);
  if (type === "nothing" || !isFlipped(sides, entry.path, type)) return undefined;
  return [type, entry.path];
}

/** The base changed the type of this path, to one that is not the needed one. What it left alone is as the image's build had it. */
export function isFlipped({ oldBase, newBase }: RebaseSides, path: string, needed: PathType): boolean {
  if (path === "" || MOUNTED_OVER.has(path)) return false;
  const now = typeOf(newBase.lookup(path));
  return now !== "nothing" && now !== needed && now !== typeOf(oldBase.lookup(path));
}

function typeOf(node: FileNode | undefined): PathType {
  return node === undefined ? "nothing" : typeOfEntry(node.kind);
}

/** An opaque directory is one; the name that a whiteout hides has no type. */
export function typeOfEntry(kind: EntryKind): PathType {
  if (kind === EntryKind.directory || kind === EntryKind.opaqueWhiteout) return "directory";
  if (kind === EntryKind.whiteout) return "nothing";
  return kind === EntryKind.symlink ? "link" : "file";
}

function toFinding({ newBase, images }: RebaseSides, path: string, { needed, first, count }: Flip): Finding {
  const node = newBase.lookup(path)!;
  const type = typeOf(node);
  const target = type === "link" ? ` to ${node.linkTarget}` : "";
  const name = images.newBase.name;
  return {
    kind: "type-flip",
    weight: "blocks",
    path,
    layer: first.layer,
    evidence: `${needed} in layer ${first.layer}, ${type}${target} in ${name}`,
    message: `${tell(needed, count)} would take the place of the ${type} that ${name} has, and hide ${type === "file" ? "it" : `all that is in ${target === "" ? "it" : node.linkTarget}`}.`,
  };
}

function tell(needed: PathType, count: number): string {
  return needed === "directory"
    ? `A directory with ${counted(count, "entry", "entries")} of the image`
    : `The image's ${needed}`;
}
