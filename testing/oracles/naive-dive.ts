import type { DiveEntry } from "#lib/analysis/gates/dive-figures.ts";
import type { DiveFigures } from "#lib/model/check-answer.ts";
import { EntryKind } from "#lib/model/layer.ts";

interface Node {
  size: number;
  isDirectory: boolean;
  children: Map<string, Node>;
}

const WHITEOUT = ".wh.";
const open = (): Node => ({ size: 0, isDirectory: false, children: new Map() });
const partsOf = (path: string) => path.split("/").filter((part) => part !== "");

/** dive's `AddPath`: creates what is missing, and keeps what is below. */
function add(root: Node, path: string, size: number, isDirectory: boolean): void {
  let node = root;
  for (const part of partsOf(path)) {
    const child = node.children.get(part);
    if (child === undefined && part.startsWith(".wh..wh..")) return;
    const next = child ?? open();
    node.children.set(part, next);
    node = next;
  }
  Object.assign(node, { size, isDirectory });
}

function find(root: Node, path: string): Node | undefined {
  return partsOf(path).reduce<Node | undefined>((node, part) => node?.children.get(part), root);
}

function remove(root: Node, path: string): void {
  const parts = partsOf(path);
  find(root, parts.slice(0, -1).join("/"))?.children.delete(parts.at(-1)!);
}

/** dive's `VisitDepthChildFirst`: children by name, then the node; never the root. Ends when `visit` returns false. */
function walk(node: Node, path: string, visit: (path: string, name: string, node: Node) => boolean): boolean {
  for (const name of [...node.children.keys()].sort()) {
    if (!walk(node.children.get(name)!, `${path}/${name}`, visit)) return false;
  }
  return path === "" || visit(path, path.slice(path.lastIndexOf("/") + 1), node);
}

const shownPath = (path: string, name: string) =>
  name.startsWith(WHITEOUT) ? path.slice(0, path.length - name.length) + name.slice(WHITEOUT.length) : path;

function stack(trees: readonly Node[], to: number): Node {
  const stacked = structuredClone(trees[0]!);
  for (const tree of trees.slice(0, to + 1)) {
    walk(tree, "", (path, name, { size, isDirectory }) => {
      if (name.startsWith(WHITEOUT)) remove(stacked, shownPath(path, name));
      else add(stacked, path, size, isDirectory);
      return true;
    });
  }
  return stacked;
}

function toTree(entries: readonly DiveEntry[]): Node {
  const root = open();
  for (const { path, kind, byteCount } of entries) {
    const slash = path.lastIndexOf("/") + 1;
    if (kind === EntryKind.whiteout) add(root, `${path.slice(0, slash)}${WHITEOUT}${path.slice(slash)}`, 0, false);
    else if (kind === EntryKind.opaqueWhiteout) add(root, `${path}/.wh..wh..opq`, 0, false);
    else if (kind !== EntryKind.reserved) add(root, path, byteCount, kind === EntryKind.directory);
  }
  return root;
}

/** dive's figures as its own code finds them: a tree per layer, stacked anew for each whiteout. */
export function naiveDive(layers: readonly (readonly DiveEntry[])[]): DiveFigures {
  const trees = layers.map(toTree);
  const data = new Map<string, { visits: number; cumulative: number; min: number }>();
  for (const [i, tree] of trees.entries()) {
    walk(tree, "", (path, name, node) => {
      if (node.children.size > 0) return true;
      const shown = shownPath(path, name);
      const found = data.get(shown) ?? { visits: 0, cumulative: 0, min: -1 };
      data.set(shown, found);
      let size = node.size;
      if (name.startsWith(WHITEOUT)) {
        const previous = find(stack(trees, i - 1), shown);
        if (previous === undefined) return false;
        size = previous.isDirectory ? previous.size : 0;
        if (previous.isDirectory) {
          walk(previous, "", (_, __, below) => {
            size += below.size;
            return true;
          });
        }
      }
      found.cumulative += size;
      if (found.min < 0 || size < found.min) found.min = size;
      found.visits += 1;
      return true;
    });
  }
  const sums = layers.map((entries) => entries.reduce((sum, { byteCount }) => sum + byteCount, 0));
  const [size, first = 0] = [sums.reduce((sum, bytes) => sum + bytes, 0), sums[0]];
  const all = [...data.values()];
  const [minimum, discovered] = [all.reduce((sum, d) => sum + d.min, 0), all.reduce((sum, d) => sum + d.cumulative, 0)];
  const wasted = all.reduce((sum, { visits, cumulative }) => sum + (visits >= 2 ? cumulative : 0), 0);
  const ratio = wasted / (size - first);
  return {
    diveSizeBytes: size,
    diveUserSizeBytes: size - first,
    diveWastedBytes: wasted,
    diveEfficiency: discovered === 0 ? 1 : minimum / discovered,
    diveUserWastedPercent: Number.isNaN(ratio) ? 0 : Number.isFinite(ratio) ? ratio : null,
  };
}
