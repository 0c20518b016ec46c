import { EntryKind } from "#lib/model/layer.ts";
import type { LayerFile, LayerTreeRow } from "#lib/model/layer-files.ts";

export interface TreeOptions {
  /** Paths of the open directories; `undefined`: as many as fit into `autoRows`, the largest first. */
  readonly open: readonly string[] | undefined;
  /** Rows up to which directories open by themselves. */
  readonly autoRows: number;
  /** Rows of one directory. */
  readonly limit: number;
}

interface TreeNode {
  readonly path: string;
  readonly children: Map<string, TreeNode>;
  file: LayerFile | undefined;
  bytes: number;
  hiddenBytes: number;
  fileCount: number;
  /** The one layer that hides all of its files: -1 none, -2 not counted yet. */
  hiddenBy: number;
}

const UNCOUNTED = -2;

/** A tree of these files as rows: directories with everything under them, each largest first. */
export function computeLayerTree(files: readonly LayerFile[], options: TreeOptions): LayerTreeRow[] {
  const root = buildTree(files);
  const open = options.open === undefined ? chooseOpen(root, options) : new Set(options.open);
  const rows: LayerTreeRow[] = [];
  const pending = rowsOf(root, "", 0, open, options.limit).reverse();
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    rows.push(row.row);
    if (row.row.isOpen)
      pending.push(...rowsOf(row.node, row.row.path, row.row.depth + 1, open, options.limit).reverse());
  }
  return rows;
}

function newNode(path: string): TreeNode {
  const sums = { bytes: 0, hiddenBytes: 0, fileCount: 0, hiddenBy: UNCOUNTED };
  return { path, children: new Map(), file: undefined, ...sums };
}

function buildTree(files: readonly LayerFile[]): TreeNode {
  const root = newNode("");
  for (const file of files) {
    if (file.path === "") continue;
    let node = root;
    add(node, file);
    let end = -1;
    do {
      const start = end + 1;
      end = file.path.indexOf("/", start);
      const part = end === -1 ? file.path.slice(start) : file.path.slice(start, end);
      let child = node.children.get(part);
      if (child === undefined) {
        child = newNode(end === -1 ? file.path : file.path.slice(0, end));
        node.children.set(part, child);
      }
      node = child;
      add(node, file);
    } while (end !== -1);
    node.file = file;
  }
  return root;
}

function add(node: TreeNode, { kind, bytes, hiddenBytes, hiddenBy, deed }: LayerFile): void {
  if (kind === EntryKind.directory) return;
  node.bytes += bytes;
  node.hiddenBytes += deed === "removed" ? bytes : hiddenBytes;
  node.fileCount += 1;
  node.hiddenBy = node.hiddenBy === UNCOUNTED || node.hiddenBy === hiddenBy ? hiddenBy : -1;
}

const isDirectory = ({ children, file }: TreeNode) => children.size > 0 || file?.kind === EntryKind.directory;

interface PlacedRow {
  readonly row: LayerTreeRow;
  readonly node: TreeNode;
}

function rowsOf(node: TreeNode, above: string, depth: number, open: ReadonlySet<string>, limit: number): PlacedRow[] {
  const children = sortedChildren(node);
  const rows = children.slice(0, limit).map((child) => toRow(child, above, depth, open));
  const rest = children.slice(limit);
  if (rest.length === 0) return rows;
  return [...rows, { row: toRest(rest, above, depth), node }];
}

function sortedChildren({ children }: TreeNode): TreeNode[] {
  return [...children.values()].sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
}

function toRow(child: TreeNode, above: string, depth: number, open: ReadonlySet<string>): PlacedRow {
  const node = joinChain(child);
  const name = above === "" ? node.path : node.path.slice(above.length + 1);
  const folder = isDirectory(node);
  const { path, bytes, hiddenBytes, fileCount, file } = node;
  const hiddenBy = node.hiddenBy === UNCOUNTED ? (file?.hiddenBy ?? -1) : node.hiddenBy;
  const isOpen = folder && open.has(path) && node.children.size > 0;
  const sums = { bytes, hiddenBytes, fileCount, hiddenBy };
  return { row: { path, name, depth, isDirectory: folder, isOpen, ...sums, file, restCount: 0 }, node };
}

/** A directory that contains only another one is shown in one row with it. */
function joinChain(node: TreeNode): TreeNode {
  let last = node;
  while (last.children.size === 1) {
    const [only] = last.children.values();
    if (only === undefined || only.children.size === 0) break;
    last = only;
  }
  return last;
}

function toRest(nodes: readonly TreeNode[], above: string, depth: number): LayerTreeRow {
  const sum = (key: "bytes" | "hiddenBytes" | "fileCount") => nodes.reduce((total, node) => total + node[key], 0);
  const sums = { bytes: sum("bytes"), hiddenBytes: sum("hiddenBytes"), fileCount: sum("fileCount"), hiddenBy: -1 };
  const place = { path: above, name: "", depth, isDirectory: false, isOpen: false };
  return { ...place, ...sums, file: undefined, restCount: nodes.length };
}

/** The directories with most bytes, as long as all their rows fit. */
function chooseOpen(root: TreeNode, { autoRows, limit }: TreeOptions): Set<string> {
  const open = new Set<string>();
  let rows = Math.min(root.children.size, limit);
  let waiting = [...root.children.values()].map(joinChain);
  while (rows < autoRows) {
    waiting = waiting.filter(({ children }) => children.size > 0).sort((a, b) => b.bytes - a.bytes);
    const next = waiting.find(({ children }) => rows + Math.min(children.size, limit) <= autoRows);
    if (next === undefined) break;
    open.add(next.path);
    rows += Math.min(next.children.size, limit);
    waiting = [...waiting.filter((node) => node !== next), ...[...next.children.values()].map(joinChain)];
  }
  return open;
}
