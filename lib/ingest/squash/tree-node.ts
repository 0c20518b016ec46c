import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";

/** A body while layers are applied: the number of its names, and the layer that removed the last one. */
export class CountedBody implements FileBody {
  readonly layer: number;
  readonly entry: number;
  readonly byteCount: number;
  nameCount: number;
  hiddenBy = -1;

  constructor({ layer, entry, byteCount }: FileBody, nameCount: number) {
    this.layer = layer;
    this.entry = entry;
    this.byteCount = byteCount;
    this.nameCount = nameCount;
  }
}

const NO_CHILDREN: ReadonlyMap<string, TreeNode> = new Map();

/** A name in the tree while layers are applied. Only `apply-layer.ts` changes it; all others read it as a FileNode. */
export class TreeNode implements FileNode {
  readonly name: string;
  readonly parent: TreeNode | undefined;
  readonly kind: EntryKind;
  /**
   * The content of the name: the names in a directory, bytes of this entry's own body if it has no other name, a counted body, or
   * a symlink's target. One field for all: there are 600,000 of these, and almost no body has two names.
   */
  #content: Map<string, TreeNode> | number | CountedBody | string | undefined;
  layer: number;
  entry: number;

  constructor(name: string, parent: TreeNode | undefined, made: NodeMade) {
    this.name = name;
    this.parent = parent;
    this.kind = made.kind;
    this.#content = made.content;
    this.layer = made.layer;
    this.entry = made.entry;
  }

  get children(): ReadonlyMap<string, TreeNode> {
    return this.#content instanceof Map ? this.#content : NO_CHILDREN;
  }

  get body(): FileBody | undefined {
    if (typeof this.#content !== "number") return this.countedBody;
    return { layer: this.layer, entry: this.entry, byteCount: this.#content };
  }

  /** The body shared by all its names, counted from now on. */
  countBody(): CountedBody | undefined {
    const { body } = this;
    if (typeof this.#content === "number") this.#content = new CountedBody(body!, 1);
    return this.countedBody;
  }

  /** The body, if it has ever had another name. */
  get countedBody(): CountedBody | undefined {
    return this.#content instanceof CountedBody ? this.#content : undefined;
  }

  get linkTarget(): string {
    return typeof this.#content === "string" ? this.#content : "";
  }

  get path(): string {
    const names: string[] = [];
    for (let node: TreeNode = this; node.parent !== undefined; node = node.parent) names.push(node.name);
    return names.reverse().join("/");
  }

  setChild(child: TreeNode): void {
    if (!(this.#content instanceof Map)) this.#content = new Map();
    this.#content.set(child.name, child);
  }

  deleteChild(child: TreeNode): void {
    if (this.#content instanceof Map) this.#content.delete(child.name);
  }
}

interface NodeMade {
  kind: EntryKind;
  layer: number;
  entry: number;
  /** Bytes of the entry's own body, the body of another entry, or a symlink's target. */
  content?: number | CountedBody | string | undefined;
}

/** The root of an empty tree. */
export function buildRoot(): TreeNode {
  return new TreeNode("", undefined, { kind: EntryKind.directory, layer: 0, entry: -1 });
}

/**
 * Every name under this one, itself included, parents before children. A stack instead of recursion: the depth may be hostile.
 */
export function* walk<Node extends { readonly children: ReadonlyMap<string, Node> }>(start: Node): Generator<Node> {
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    for (const child of node.children.values()) pending.push(child);
  }
}
