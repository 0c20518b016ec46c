import type { DiveFigures } from "#lib/model/check-answer.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { NotKnownError } from "#lib/model/problem.ts";
import { DiveNode, StackedTree } from "./dive-tree.ts";

/** Paths of one image, with the directories above them: 300 bytes each. More than any scan accepts, but for whiteouts in deep directories. */
const MAX_DIVE_PATHS = 1_200_000;
const WHITEOUT_PREFIX = ".wh.";

/** An entry of a layer, as stored: the path of a whiteout is that of the file it hides. */
export interface DiveEntry {
  readonly path: string;
  readonly kind: EntryKind;
  readonly byteCount: number;
}

/**
 * dive's figures, by dive's own rule (wagoodman/dive, `dive/filetree/efficiency.go` and `dive/image/analysis.go`), its oddities
 * included: every copy of a path that occurs in two layers counts as waste, the one that a container sees too; a removed directory
 * counts the bytes below it, a removed file nothing; only leaves of a layer's tree count; and a whiteout of a path that no lower
 * layer has ends the count of its layer, in the order of paths.
 */
export class DiveCounter {
  readonly #nodes = new Map<string, DiveNode>();
  readonly #stack = new StackedTree();
  #layer = -1;
  #present: DiveNode[] = [];
  #whiteouts: DiveNode[] = [];
  #sizeBytes = 0;
  #firstLayerBytes = 0;
  readonly #maxPaths: number;

  constructor(maxPaths = MAX_DIVE_PATHS) {
    this.#maxPaths = maxPaths;
  }

  /** Begins the next layer; the lowest is the first. */
  beginLayer(): void {
    this.#layer += 1;
    this.#present = [];
    this.#whiteouts = [];
  }

  /** Throws a NotKnownError if the image has too many paths. */
  addEntry({ path, kind, byteCount }: DiveEntry): void {
    this.#sizeBytes += byteCount;
    if (this.#layer === 0) this.#firstLayerBytes += byteCount;
    if (path === "" || kind === EntryKind.reserved) return;
    const node = this.#findNode(path);
    if (kind === EntryKind.whiteout) this.#addWhiteout(node);
    else if (kind === EntryKind.opaqueWhiteout) this.#addToLayer(node);
    else this.#addToLayer(node, byteCount, kind === EntryKind.directory);
  }

  /** Counts the leaves of the layer against the layers below it, then stacks it on them. */
  endLayer(): void {
    // dive looks the whiteouts of the lowest layer up in that layer itself.
    if (this.#layer === 0) this.#addPresent();
    this.#countLeaves();
    this.#stackLayer();
  }

  finish(): DiveFigures {
    let [minimum, discovered, wasted] = [0, 0, 0];
    for (const { visits, cumulativeSize, minSize } of this.#nodes.values()) {
      if (visits < 0) continue;
      // A path that was only looked up in vain keeps dive's initial minimum, −1.
      minimum += visits === 0 ? -1 : minSize;
      discovered += cumulativeSize;
      if (visits >= 2) wasted += cumulativeSize;
    }
    const userBytes = this.#sizeBytes - this.#firstLayerBytes;
    return {
      diveSizeBytes: this.#sizeBytes,
      diveUserSizeBytes: userBytes,
      diveWastedBytes: wasted,
      diveEfficiency: discovered === 0 ? 1 : minimum / discovered,
      diveUserWastedPercent: userBytes > 0 ? wasted / userBytes : wasted === 0 ? 0 : null,
    };
  }

  #findNode(path: string): DiveNode {
    const known = this.#nodes.get(path);
    if (known !== undefined) return known;
    // Not recursive: the nearest known directory first, then those below it.
    let slash = path.lastIndexOf("/");
    while (slash > 0 && !this.#nodes.has(path.slice(0, slash))) slash = path.lastIndexOf("/", slash - 1);
    let node = slash > 0 ? this.#nodes.get(path.slice(0, slash)) : undefined;
    for (let end = slash; end < path.length; ) {
      end = path.indexOf("/", end + 1);
      if (end < 0) end = path.length;
      node = new DiveNode(path.slice(0, end), node);
      this.#nodes.set(node.path, node);
    }
    if (this.#nodes.size > this.#maxPaths) {
      throw new NotKnownError(`dive's figures are not known: the layers have more than ${this.#maxPaths} paths`);
    }
    return node!;
  }

  #addWhiteout(node: DiveNode): void {
    if (node.whiteoutInLayer === this.#layer) return;
    node.whiteoutInLayer = this.#layer;
    this.#whiteouts.push(node);
    this.#addParents(node);
  }

  /** Without a size: a directory that is only named, which has none and in dive is none. Keeps what it was in this layer. */
  #addToLayer(node: DiveNode, size?: number, isDirectory = false): void {
    if (node.layer !== this.#layer) {
      node.layer = this.#layer;
      node.layerSize = 0;
      node.isLayerDirectory = false;
      this.#present.push(node);
      this.#addParents(node);
    }
    if (size === undefined) return;
    node.layerSize = size;
    node.isLayerDirectory = isDirectory;
  }

  #addParents({ parent }: DiveNode): void {
    for (let at = parent; at !== undefined && at.parentInLayer !== this.#layer; at = at.parent) {
      at.parentInLayer = this.#layer;
      if (at.layer === this.#layer) return;
      at.layer = this.#layer;
      at.layerSize = 0;
      at.isLayerDirectory = false;
      this.#present.push(at);
    }
  }

  #countLeaves(): void {
    const missing = this.#whiteouts.filter((node) => !this.#stack.isThere(node));
    const end = missing.reduce<string | undefined>((least, node) => {
      const key = toSortKey(node, true);
      return least === undefined || key < least ? key : least;
    }, undefined);
    const isCounted = (node: DiveNode, isWhiteout: boolean) => end === undefined || toSortKey(node, isWhiteout) < end;
    for (const node of this.#whiteouts) {
      if (isCounted(node, true)) visit(node, node.isStackedDirectory ? node.subtreeSize : 0);
      else if (toSortKey(node, true) === end && node.visits < 0) node.visits = 0;
    }
    for (const node of this.#present) {
      if (node.parentInLayer !== this.#layer && isCounted(node, false)) visit(node, node.layerSize);
    }
  }

  /** In the order of names, in which most whiteouts come before the file that they hide. */
  #stackLayer(): void {
    const [first, last] = [
      this.#whiteouts.filter((node) => !isBeforeItsWhiteout(node)),
      this.#whiteouts.filter(isBeforeItsWhiteout),
    ];
    for (const node of first) this.#stack.remove(node);
    this.#addPresent();
    for (const node of last) this.#stack.remove(node);
  }

  #addPresent(): void {
    for (const node of this.#present) this.#stack.add(node, node.layerSize, node.isLayerDirectory);
  }
}

function visit(node: DiveNode, size: number): void {
  node.minSize = node.visits <= 0 ? size : Math.min(node.minSize, size);
  node.visits = Math.max(node.visits, 0) + 1;
  node.cumulativeSize += size;
}

/** Text whose order is that of dive's walk: part by part. */
function toSortKey({ path }: DiveNode, isWhiteout: boolean): string {
  const name = path.lastIndexOf("/") + 1;
  const walked = isWhiteout ? `${path.slice(0, name)}${WHITEOUT_PREFIX}${path.slice(name)}` : path;
  return walked.replaceAll("/", "\0");
}

/** `.bashrc` sorts before `.wh..bashrc`: dive adds it, then removes it. */
function isBeforeItsWhiteout({ path }: DiveNode): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name < `${WHITEOUT_PREFIX}${name}`;
}
