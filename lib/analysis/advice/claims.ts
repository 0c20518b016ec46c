import { type AdviceMask, maskOf } from "#lib/model/advice.ts";

/**
 * What classes claim in one artifact: row i is a body with bytes, claimed or not, or a part of a store item. Rows are in the order of
 * layers and entries.
 */
export interface Claims {
  readonly count: number;
  /** Classes that claim it; 0 for what stays. */
  readonly mask: Uint16Array;
  readonly bytes: Float64Array;
  /** Of an image: position of the layer, and entry in its tar. Of a closure: −1, and the node. */
  readonly layer: Int32Array;
  readonly entry: Int32Array;
  /** Equal bodies have the same number; −1 if it is the only one. */
  readonly group: Int32Array;
  /** The node that it belongs to; −1 for a body that no container sees. */
  readonly node: Int32Array;
  /** Where it is: the number of its folder, or of a closure its node; −1 in a set, which has no one tree. */
  readonly folder: Int32Array;
}

/** A row before duplicates are known; `contentId` −1 for one that has none to be equal to. */
export interface ClaimedRow {
  mask: AdviceMask;
  readonly bytes: number;
  readonly layer: number;
  readonly entry: number;
  readonly node?: number;
  readonly folder?: number;
}

/** Rows that grow, in columns. */
export class ClaimList {
  readonly mask: number[] = [];
  readonly bytes: number[] = [];
  readonly layer: number[] = [];
  readonly entry: number[] = [];
  readonly group: number[] = [];
  readonly node: number[] = [];
  readonly folder: number[] = [];

  add({ mask, bytes, layer, entry, node = -1, folder = -1 }: ClaimedRow, group = -1): void {
    this.mask.push(mask);
    this.bytes.push(bytes);
    this.layer.push(layer);
    this.entry.push(entry);
    this.group.push(group);
    this.node.push(node);
    this.folder.push(folder);
  }

  /** In the order of layers and entries. */
  toClaims(): Claims {
    const { mask, bytes, layer, entry, group, node, folder } = this;
    const order = Int32Array.from(mask.keys()).sort((a, b) => layer[a]! - layer[b]! || entry[a]! - entry[b]!);
    return {
      count: order.length,
      mask: Uint16Array.from(order, (row) => mask[row]!),
      bytes: Float64Array.from(order, (row) => bytes[row]!),
      layer: Int32Array.from(order, (row) => layer[row]!),
      entry: Int32Array.from(order, (row) => entry[row]!),
      group: Int32Array.from(order, (row) => group[row]!),
      node: Int32Array.from(order, (row) => node[row]!),
      folder: Int32Array.from(order, (row) => folder[row]!),
    };
  }
}

export const DUPLICATES = maskOf(["duplicates"]);

/** Bodies in which duplicates are looked for. */
export interface EqualBodies {
  readonly count: number;
  readonly contentId: Int32Array;
  readonly byteCount: Float64Array;
}

/**
 * Marks all but one of equal bodies as duplicates in `mask`, which has the classes that claim them otherwise. Returns the group of each
 * body, −1 if there is no other like it. Empty bodies are left out.
 */
export function markDuplicates({ count, contentId, byteCount }: EqualBodies, mask: Uint16Array): Int32Array {
  const seen = new Map<number, number>();
  const group = new Int32Array(count).fill(-1);
  let groups = 0;
  for (let row = 0; row < count; row++) {
    if (byteCount[row] === 0) continue;
    const first = seen.get(contentId[row]!);
    if (first === undefined) {
      seen.set(contentId[row]!, row);
      continue;
    }
    if (group[first] === -1) group[first] = groups++;
    group[row] = group[first]!;
  }
  markBeyondOne(mask, group);
  return group;
}

/**
 * Marks all but one row of each group as duplicates. The one that stays is the first that no other class claims, so that duplicates and
 * other classes can be removed together.
 */
export function markBeyondOne(mask: Uint16Array, group: Int32Array): void {
  const keeper = new Map<number, number>();
  for (let row = 0; row < mask.length; row++) {
    if (group[row] === -1) continue;
    mask[row]! &= ~DUPLICATES;
    const first = keeper.get(group[row]!);
    if (first === undefined || (mask[first] !== 0 && mask[row] === 0)) keeper.set(group[row]!, row);
  }
  for (let row = 0; row < mask.length; row++) {
    if (group[row] !== -1 && keeper.get(group[row]!) !== row) mask[row]! |= DUPLICATES;
  }
}

/** Bytes freed by removing everything that these classes claim, by layer; of a closure in place 0. O(rows). */
export function sumFreedBy(claims: Claims, classes: AdviceMask): Float64Array {
  const { count, bytes, layer } = claims;
  const freed = new Float64Array(Math.max(0, layer.at(-1) ?? 0) + 1);
  const gone = markFreedBy(claims, classes);
  for (let row = 0; row < count; row++) if (gone[row] === 1) freed[Math.max(0, layer[row]!)]! += bytes[row]!;
  return freed;
}

/** 1 for each row that goes with these classes. Of equal bodies one stays, unless another class claims them all. O(rows). */
export function markFreedBy({ count, mask, group }: Claims, classes: AdviceMask): Uint8Array {
  const gone = new Uint8Array(count);
  const others = classes & ~DUPLICATES;
  const staying = new Set<number>();
  for (let row = 0; row < count; row++) {
    const isDuplicate = (classes & DUPLICATES) !== 0 && group[row] !== -1;
    const isClaimed = (mask[row]! & others) !== 0;
    if (isClaimed || (isDuplicate && staying.has(group[row]!))) gone[row] = 1;
    else if (isDuplicate) staying.add(group[row]!);
  }
  return gone;
}
