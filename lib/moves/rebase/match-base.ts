import { shortImageName } from "#lib/model/image-name.ts";
import type { EntryKind } from "#lib/model/layer.ts";
import type { BaseMatch, MovedEntry, MovedImage, MovedTree } from "./sides.ts";

/** The image's lowest layers that are the old base, and how that is known. */
export interface FoundBase extends BaseMatch {
  readonly layerCount: number;
}

/** A tree of the image's lowest layers. */
type BuildLowest = (layerCount: number) => MovedTree;

/**
 * Equal layers settle it. An image whose layers are others may still be built on the old base, if that was stored anew: then its
 * provenance or its own annotations name it, and its lowest layers hold the same files. As many layers as the base has are tried, and
 * one, for a base that was squashed.
 */
export function matchBase(
  image: MovedImage,
  oldBase: MovedImage,
  oldTree: MovedTree,
  buildLowest: BuildLowest,
): FoundBase {
  const shared = countShared(image.diffIds, oldBase.diffIds);
  if (shared === oldBase.diffIds.length && shared > 0) return { by: "layers", layerCount: shared, differing: [] };
  const claim = image.baseClaims
    .toSorted((a, b) => b.statedBy.localeCompare(a.statedBy))
    .find(({ name, digest }) => digest === oldBase.digest || (name !== "" && isNameOf(name, oldBase)));
  if (claim === undefined) return { by: "none", layerCount: shared, differing: [] };
  const tried = [...new Set([oldBase.diffIds.length, 1])].filter((count) => count > 0 && count <= image.diffIds.length);
  const matches = tried.map((layerCount) => {
    const differing = listDiffering(buildLowest(layerCount), oldTree);
    return { by: claim.statedBy, layerCount, differing };
  });
  matches.sort((a, b) => a.differing.length - b.differing.length);
  return matches[0] ?? { by: "none", layerCount: shared, differing: [] };
}

function countShared(left: readonly string[], right: readonly string[]): number {
  let count = 0;
  while (count < left.length && left[count] === right[count]) count++;
  return count;
}

function isNameOf(name: string, { name: imageName, source }: MovedImage): boolean {
  const wanted = shortImageName(name);
  return wanted === shortImageName(imageName) || wanted === shortImageName(source.replace(/^docker:\/\//, ""));
}

/** Paths that are in one tree alone, or have other contents or attributes there. Times are left out. */
function listDiffering(left: MovedTree, right: MovedTree): string[] {
  const paths = new Set([...left.names, ...right.names].map(({ path }) => path));
  return [...paths].filter((path) => factsAt(left, path) !== factsAt(right, path)).sort();
}

function factsAt(tree: MovedTree, path: string): string {
  const node = tree.lookup(path);
  if (node === undefined) return "";
  const entry = tree.entryOf(node);
  return entry === undefined ? `${node.kind satisfies EntryKind}` : factsOf(entry);
}

/** All of an entry that must be equal for two to be the same, except its time. */
export function factsOf({ kind, mode, uid, gid, link, xattrs, content }: MovedEntry): string {
  return JSON.stringify([kind, mode, uid, gid, link, content, [...xattrs].sort()]);
}
