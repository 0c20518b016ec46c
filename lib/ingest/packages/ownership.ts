import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import { EntryTable, type OwnerTable } from "./owner-table.ts";

/** The owners of the bodies. */
export interface Ownership {
  /** Bytes, one per component. */
  readonly selfSize: Float64Array;
  /** The name that determines a body's owner: its first owned name in path order, else its first. */
  readonly nameOf: (body: FileBody) => FileNode;
}

/**
 * Assigns every body to exactly one component.
 *
 * Conservation: Σ self sizes = Σ `byteCount` over the tree's distinct bodies, exactly, always. A body belongs to the owner of its
 * first owned name, in path order; a body without an owned name to `unowned:DIFFID` of its layer. A layer has one such node if it
 * has unowned bytes, else none.
 *
 * Afterwards every name except a directory's has its owner in the table: a name that no package lists has its body's owner, and
 * one without a body (a symlink, a device) the unowned node of its own layer, -1 if that layer has none.
 */
export function settleOwnership(discovery: Discovery): Ownership {
  const { nodes, owners } = discovery;
  const firstNames = findFirstNames(discovery);
  const unowned = addUnowned(discovery, firstNames);
  const selfSize = new Float64Array(discovery.components.length);
  const ownerOf = (node: FileNode): number => {
    if (node.body === undefined) return unowned[node.layer]!;
    const listed = owners.ownerOf(nodes[firstNames.at(node.body)]!);
    return listed >= 0 ? listed : unowned[node.body.layer]!;
  };
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    if (node.kind === EntryKind.directory) continue;
    const owner = ownerOf(node);
    if (owner < 0) continue;
    if (node.body !== undefined && firstNames.at(node.body) === i) selfSize[owner]! += node.body.byteCount;
    owners.claim(node, owner);
  }
  return { selfSize, nameOf: (body) => nodes[firstNames.at(body)]! };
}

/** For each body the position of its first owned name in path order, or of its first name if none is owned. */
function findFirstNames({ nodes, owners, options }: Discovery): EntryTable {
  const firstNames = new EntryTable(nodes, options.diffIds.length);
  for (let i = 0; i < nodes.length; i++) {
    const { body } = nodes[i]!;
    if (body === undefined) continue;
    const other = nodes[firstNames.at(body)];
    if (other === undefined || comesBefore(nodes[i]!, other, owners)) firstNames.set(body, i);
  }
  return firstNames;
}

function comesBefore(node: FileNode, other: FileNode, owners: OwnerTable): boolean {
  const owned = owners.ownerOf(node) >= 0;
  if (owned !== owners.ownerOf(other) >= 0) return owned;
  return node.path < other.path;
}

/** For each layer its unowned node, or -1. One DiffID at two positions of an image is one node: ids are unique. */
function addUnowned(discovery: Discovery, firstNames: EntryTable): number[] {
  const { nodes, owners, options } = discovery;
  const bytes = new Float64Array(options.diffIds.length);
  for (let i = 0; i < nodes.length; i++) {
    const { body } = nodes[i]!;
    if (body === undefined || firstNames.at(body) !== i) continue;
    if (owners.ownerOf(nodes[i]!) < 0) bytes[body.layer]! += body.byteCount;
  }
  return options.diffIds.map((diffId, layer) => {
    if (bytes[layer] === 0) return -1;
    const version = diffId.slice("sha256:".length, "sha256:".length + 12);
    const identity = `unowned:${diffId}`;
    const index = discovery.addComponent({ kind: "unowned", name: "unowned", version, identity, instancePath: "" });
    discovery.addRoot(index, RootReason.unowned);
    return index;
  });
}
