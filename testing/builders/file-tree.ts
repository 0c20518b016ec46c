import { HashPartScanner } from "#lib/formats/store-references/index.ts";
import { walk } from "#lib/ingest/squash/tree-node.ts";
import type { FileBody, FileNode, FileTree } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";

/** One name of a tree for tests. A bare string is a file's text, a byte array its bytes; objects are other kinds. */
export type TreeEntry =
  | string
  | Uint8Array
  | { readonly layer?: number; readonly body: string | Uint8Array }
  /** A file whose body is not read. */
  | { readonly layer?: number; readonly byteCount: number }
  | { readonly layer?: number; readonly symlink: string }
  /** Another name of the file at this path, which must come first. */
  | { readonly layer?: number; readonly hardLink: string }
  | { readonly layer?: number; readonly directory: true };

interface MutableNode extends FileNode {
  readonly children: Map<string, MutableNode>;
}

const MAX_LINKS = 40;

/** A tree from paths and their contents; missing directories are created. Entries are rows of their layer in order. */
export function buildFileTree(entries: Readonly<Record<string, TreeEntry>>): FileTree {
  const builder = new TreeBuilder();
  for (const [path, entry] of Object.entries(entries)) builder.add(path, entry);
  return builder;
}

class TreeBuilder implements FileTree {
  readonly isExhausted = false;
  readonly root: MutableNode = directory("", undefined, 0, -1);
  readonly #documents = new Map<FileBody, Uint8Array>();
  readonly #rows: number[] = [];

  add(path: string, given: TreeEntry): void {
    const entry = typeof given === "string" || given instanceof Uint8Array ? { body: given } : given;
    const layer = entry.layer ?? 0;
    const row = this.#rows[layer] ?? 0;
    this.#rows[layer] = row + 1;
    const parent = this.#makeDirectory(path.split("/").slice(0, -1), layer);
    const node = Object.assign(directory(path, parent, layer, row), this.#contents(entry, layer, row));
    parent.children.set(node.name, node);
  }

  get names(): FileNode[] {
    return [...walk<FileNode>(this.root)];
  }

  lookup(path: string): FileNode | undefined {
    let node: FileNode | undefined = this.root;
    for (const part of path.split("/")) if (part !== "") node = node?.children.get(part);
    return node;
  }

  resolve(path: string): FileNode | undefined {
    const parts = path.split("/").reverse();
    let node: FileNode = this.root;
    for (let part = parts.pop(), links = 0; part !== undefined; part = parts.pop()) {
      if (part === "" || part === ".") continue;
      const next: FileNode | undefined = part === ".." ? (node.parent ?? node) : node.children.get(part);
      if (next === undefined) return undefined;
      if (next.kind !== EntryKind.symlink) {
        node = next;
        continue;
      }
      links += 1;
      if (links > MAX_LINKS) return undefined;
      if (next.linkTarget.startsWith("/")) node = this.root;
      parts.push(...next.linkTarget.split("/").reverse());
    }
    return node;
  }

  document(node: FileNode): Uint8Array | undefined {
    return node.body === undefined ? undefined : this.#documents.get(node.body);
  }

  hashParts(node: FileNode): readonly string[] {
    const found = new Set<string>();
    const scanner = new HashPartScanner((hashPart) => void found.add(hashPart));
    scanner.push(this.document(node) ?? new Uint8Array());
    scanner.end();
    return [...found];
  }

  #contents(
    entry: Exclude<TreeEntry, string | Uint8Array>,
    layer: number,
    row: number,
  ): Partial<Omit<FileNode, "children">> {
    if ("directory" in entry) return {};
    if ("symlink" in entry) return { kind: EntryKind.symlink, linkTarget: entry.symlink };
    if ("hardLink" in entry) return { kind: EntryKind.hardLink, body: this.lookup(entry.hardLink)?.body };
    if ("byteCount" in entry) return { kind: EntryKind.file, body: { layer, entry: row, byteCount: entry.byteCount } };
    const bytes = typeof entry.body === "string" ? new TextEncoder().encode(entry.body) : entry.body;
    const body: FileBody = { layer, entry: row, byteCount: bytes.length };
    this.#documents.set(body, bytes);
    return { kind: EntryKind.file, body };
  }

  #makeDirectory(parts: readonly string[], layer: number): MutableNode {
    let node = this.root;
    for (const part of parts) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = directory(node.path === "" ? part : `${node.path}/${part}`, node, layer, -1);
        node.children.set(part, child);
      }
      node = child;
    }
    return node;
  }
}

function directory(path: string, parent: FileNode | undefined, layer: number, entry: number): MutableNode {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const kind = EntryKind.directory;
  return { path, name, kind, linkTarget: "", body: undefined, parent, children: new Map(), layer, entry };
}
