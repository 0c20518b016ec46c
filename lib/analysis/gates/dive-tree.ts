/** A path in the layers of an image, and in the tree that dive stacks of them. */
export class DiveNode {
  readonly path: string;
  readonly parent: DiveNode | undefined;

  /** dive's `EfficiencyData`: the leaves of all layers at this path. `visits` is −1 before the first attempt. */
  visits = -1;
  cumulativeSize = 0;
  minSize = 0;

  /** In the tree of the layer that was added last, if `layer` is its number. */
  layer = -1;
  /** The last layer in which a node below it is. */
  parentInLayer = -1;
  whiteoutInLayer = -1;
  layerSize = 0;
  isLayerDirectory = false;

  /** In the stacked tree if it was added after it and all above it were removed. */
  addedAt = 0;
  removedAt = 0;
  stackedSize = 0;
  isStackedDirectory = false;
  /** Σ `stackedSize` over the nodes below it and itself. */
  subtreeSize = 0;

  constructor(path: string, parent: DiveNode | undefined) {
    this.path = path;
    this.parent = parent;
  }
}

/**
 * The layers so far, stacked as dive stacks them (`filetree.StackTreeRange`). Removing a directory does not touch what is below it:
 * times of removal and addition are compared instead, so that each step takes as long as the path is deep.
 */
export class StackedTree {
  #clock = 0;

  isThere(node: DiveNode): boolean {
    let removedAt = 0;
    for (let at: DiveNode | undefined = node; at !== undefined; at = at.parent) {
      removedAt = Math.max(removedAt, at.removedAt);
    }
    return node.addedAt > removedAt;
  }

  /** Adds a node and those above it, or replaces its size and kind. What is below it stays, even below a file. */
  add(node: DiveNode, size: number, isDirectory: boolean): void {
    this.#clock += 1;
    const line = toLine(node);
    let removedAt = 0;
    for (const each of line) {
      removedAt = Math.max(removedAt, each.removedAt);
      if (each.addedAt <= removedAt) this.#renew(each);
    }
    const added = size - node.stackedSize;
    for (const each of line) each.subtreeSize += added;
    node.stackedSize = size;
    node.isStackedDirectory = isDirectory;
  }

  /** Removes a node with all below it, if it is there. */
  remove(node: DiveNode): void {
    if (!this.isThere(node)) return;
    this.#clock += 1;
    for (let at = node.parent; at !== undefined; at = at.parent) at.subtreeSize -= node.subtreeSize;
    node.removedAt = this.#clock;
  }

  #renew(node: DiveNode): void {
    node.addedAt = this.#clock;
    node.subtreeSize = 0;
    node.stackedSize = 0;
    node.isStackedDirectory = false;
  }
}

/** A node with those above it, the topmost first. */
function toLine(node: DiveNode): DiveNode[] {
  const line: DiveNode[] = [];
  for (let at: DiveNode | undefined = node; at !== undefined; at = at.parent) line.push(at);
  return line.reverse();
}
