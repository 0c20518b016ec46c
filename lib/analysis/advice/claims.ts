import { type AdviceMask, maskOf } from "#lib/model/advice.ts";

/** What classes claim in one artifact: row i is a body, or a part of a store item. Rows are in the order of layers and entries. */
export interface Claims {
  readonly count: number;
  /** Classes that claim it; 0 for the copy of a duplicate that stays. */
  readonly mask: Uint16Array;
  readonly bytes: Float64Array;
  /** Of an image: position of the layer, and entry in its tar. Of a closure: −1, and the node. */
  readonly layer: Int32Array;
  readonly entry: Int32Array;
  /** Equal bodies have the same number; −1 if it is the only one. */
  readonly group: Int32Array;
}

/** A row before duplicates are known; `contentId` −1 for one that has none to be equal to. */
export interface ClaimedRow {
  mask: AdviceMask;
  readonly bytes: number;
  readonly layer: number;
  readonly entry: number;
}

/** Rows that grow, in columns. */
export class ClaimList {
  readonly mask: number[] = [];
  readonly bytes: number[] = [];
  readonly layer: number[] = [];
  readonly entry: number[] = [];
  readonly group: number[] = [];

  add({ mask, bytes, layer, entry }: ClaimedRow, group = -1): void {
    this.mask.push(mask);
    this.bytes.push(bytes);
    this.layer.push(layer);
    this.entry.push(entry);
    this.group.push(group);
  }

  /** In the order of layers and entries. */
  toClaims(): Claims {
    const { mask, bytes, layer, entry, group } = this;
    const order = Int32Array.from(mask.keys()).sort((a, b) => layer[a]! - layer[b]! || entry[a]! - entry[b]!);
    return {
      count: order.length,
      mask: Uint16Array.from(order, (row) => mask[row]!),
      bytes: Float64Array.from(order, (row) => bytes[row]!),
      layer: Int32Array.from(order, (row) => layer[row]!),
      entry: Int32Array.from(order, (row) => entry[row]!),
      group: Int32Array.from(order, (row) => group[row]!),
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
 * Marks all but one of equal bodies as duplicates in `mask`, which has the classes that claim them otherwise; the one that stays is
 * the first that no class claims, so that duplicates and other classes can be removed together. Returns the group of each body,
 * −1 if there is no other like it. Empty bodies are left out.
 */
export function markDuplicates({ count, contentId, byteCount }: EqualBodies, mask: Uint16Array): Int32Array {
  const seen = new Map<number, number>();
  const group = new Int32Array(count).fill(-1);
  const keeper: number[] = [];
  for (let row = 0; row < count; row++) {
    if (byteCount[row] === 0) continue;
    const first = seen.get(contentId[row]!);
    if (first === undefined) {
      seen.set(contentId[row]!, row);
      continue;
    }
    if (group[first] === -1) group[first] = keeper.push(first) - 1;
    const number = group[first]!;
    group[row] = number;
    if (mask[keeper[number]!] !== 0 && mask[row] === 0) keeper[number] = row;
  }
  for (let row = 0; row < count; row++) {
    if (group[row] !== -1 && keeper[group[row]!] !== row) mask[row]! |= DUPLICATES;
  }
  return group;
}

/**
 * Bytes freed by removing everything that these classes claim, by layer; of a closure in place 0. Of equal bodies one stays, unless
 * another class claims them all. O(rows).
 */
export function sumFreedBy({ count, mask, bytes, layer, group }: Claims, classes: AdviceMask): Float64Array {
  const freed = new Float64Array(Math.max(0, layer.at(-1) ?? 0) + 1);
  const others = classes & ~DUPLICATES;
  const staying = new Set<number>();
  for (let row = 0; row < count; row++) {
    const isDuplicate = (classes & DUPLICATES) !== 0 && group[row] !== -1;
    const isClaimed = (mask[row]! & others) !== 0;
    if (isClaimed || (isDuplicate && staying.has(group[row]!))) freed[Math.max(0, layer[row]!)]! += bytes[row]!;
    else if (isDuplicate) staying.add(group[row]!);
  }
  return freed;
}
