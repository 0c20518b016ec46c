import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";
import type { OwnerTable } from "./owner-table.ts";

/**
 * Gives every body to exactly one component and returns the components' self sizes, bytes.
 *
 * Conservation (MEASURES.md, "One image"): Σ self sizes = Σ `byteCount` over the tree's distinct bodies, exactly, always.
 * A body belongs to the owner of its first owned name, in path order; a body with no owned name to `unowned:DIFFID` of
 * the layer that holds it. A layer has one such node where it holds unowned bytes, none otherwise.
 *
 * Afterwards every name but a directory's has its owner in the table: a name that no package lists has its body's owner,
 * and one without a body (a symlink, a device) the unowned node of its own layer, -1 where that layer has none.
 */
export function settleOwnership(discovery: Discovery): Float64Array {
  const { nodes, owners } = discovery;
  const firstNames = findFirstNames(nodes, owners);
  const unowned = addUnowned(discovery, firstNames);
  const ownerOfBody = new Map<FileBody, number>();
  const selfSize = new Float64Array(discovery.components.length);
  for (const [body, name] of firstNames) {
    const listed = owners.ownerOf(name);
    const owner = listed >= 0 ? listed : unowned[body.layer]!;
    ownerOfBody.set(body, owner);
    if (owner >= 0) selfSize[owner]! += body.byteCount;
  }
  for (const node of nodes) {
    if (node.kind === EntryKind.directory || owners.ownerOf(node) >= 0) continue;
    const owner = node.body === undefined ? unowned[node.layer] : ownerOfBody.get(node.body);
    owners.assign(node, owner ?? -1);
  }
  return selfSize;
}

/** For each body its first owned name, or its first name where none is owned; first in path order. */
function findFirstNames(nodes: readonly FileNode[], owners: OwnerTable): Map<FileBody, FileNode> {
  const names = new Map<FileBody, FileNode>();
  for (const node of nodes) {
    if (node.body === undefined) continue;
    const other = names.get(node.body);
    if (other === undefined || comesBefore(node, other, owners)) names.set(node.body, node);
  }
  return names;
}

function comesBefore(node: FileNode, other: FileNode, owners: OwnerTable): boolean {
  const owned = owners.ownerOf(node) >= 0;
  if (owned !== owners.ownerOf(other) >= 0) return owned;
  return node.path < other.path;
}

/** For each layer its unowned node, or -1. One DiffID in two places of an image is one node: ids are unique. */
function addUnowned(discovery: Discovery, firstNames: ReadonlyMap<FileBody, FileNode>): number[] {
  const { owners, options } = discovery;
  const bytes = new Float64Array(options.diffIds.length);
  for (const [body, name] of firstNames) if (owners.ownerOf(name) < 0) bytes[body.layer]! += body.byteCount;
  return options.diffIds.map((diffId, layer) => {
    if (bytes[layer] === 0) return -1;
    const version = diffId.slice("sha256:".length, "sha256:".length + 12);
    const identity = `unowned:${diffId}`;
    const index = discovery.addComponent({ kind: "unowned", name: "unowned", version, identity, instancePath: "" });
    discovery.roots.add(index);
    return index;
  });
}
