/** Hidden nodes as one element, under their nearest drawn dominator. */
export interface VisibleGroup {
  /** Node index of that dominator, −1 for none. */
  readonly parent: number;
  readonly count: number;
  /** Σ self sizes of the hidden nodes. */
  readonly bytes: number;
  /** The hidden nodes that retain most, at most `TOP_MEMBERS`, largest first. */
  readonly top: readonly number[];
}

const TOP_MEMBERS = 5;

const UNKNOWN = -2;

/**
 * The nearest shown dominator of each hidden node (−1 for none), and for a shown node itself. Each walk up the tree stops at the
 * first known answer and stores its own along the way, so all of them together take O(n).
 */
export function computeOwners(dominator: Int32Array, shown: Uint8Array): Int32Array {
  const owners = new Int32Array(dominator.length).fill(UNKNOWN);
  for (let start = 0; start < dominator.length; start++) {
    let at = start;
    while (at >= 0 && shown[at] === 0 && owners[at] === UNKNOWN) at = dominator[at]!;
    const owner = at < 0 ? -1 : shown[at] === 1 ? at : owners[at]!;
    for (let on = start; on >= 0 && owners[on] === UNKNOWN; on = dominator[on]!) {
      owners[on] = owner;
      if (on === at) break;
    }
  }
  return owners;
}

interface Sizes {
  readonly selfSize: Float64Array;
  readonly retainedSize: Float64Array;
}

/** The groups, largest first. Every hidden node is in exactly one. */
export function groupHidden(sizes: Sizes, shown: Uint8Array, owners: Int32Array): VisibleGroup[] {
  const groups = new Map<number, { parent: number; count: number; bytes: number; top: number[] }>();
  for (let node = 0; node < shown.length; node++) {
    if (shown[node] === 1) continue;
    const parent = owners[node]!;
    let group = groups.get(parent);
    if (group === undefined) {
      group = { parent, count: 0, bytes: 0, top: [] };
      groups.set(parent, group);
    }
    group.count++;
    group.bytes += sizes.selfSize[node]!;
    insertLargest(group.top, node, sizes.retainedSize);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes || a.parent - b.parent);
}

function insertLargest(top: number[], node: number, retainedSize: Float64Array): void {
  const last = top.at(-1);
  if (top.length === TOP_MEMBERS && retainedSize[last!]! >= retainedSize[node]!) return;
  let at = top.length;
  while (at > 0 && retainedSize[top[at - 1]!]! < retainedSize[node]!) at--;
  top.splice(at, 0, node);
  if (top.length > TOP_MEMBERS) top.pop();
}
