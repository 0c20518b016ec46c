/** Siblings of one name from which on they fold into one row. */
const MIN_FAMILY = 4;

/** A part of a graph as a forest below the node in the middle. */
export interface RowForest {
  /** Its members, those that retain most first. */
  readonly members: Int32Array;
  /** The member above each member, by node; a node that is no member: the member is at the top. */
  readonly parent: Int32Array;
  readonly retainedSize: Float64Array;
  /** By node: equal for nodes of one name. */
  readonly nameOf: Int32Array;
  /** Size of a family. */
  readonly sumOf: (nodes: readonly number[]) => number;
}

export interface RowLimits {
  /** Rows at the top. */
  readonly top: number;
  /** Rows in all, as far as there are children of shown rows. */
  readonly all: number;
  /** `fit`: siblings at the top fold only if that makes room for all of them. */
  readonly fold: "always" | "fit";
}

/** A row: one node, or the nodes of a family. */
export interface ChosenRow {
  readonly nodes: readonly number[];
  readonly depth: number;
  /** The node above, −1 at the top. */
  readonly above: number;
  readonly size: number;
}

interface Entry extends ChosenRow {
  /** Children that may still get a row, and those that have one. */
  readonly waiting: readonly ChosenRow[];
  readonly children: Entry[];
}

/**
 * The rows of a part, each below its parent: those at the top first, then, as long as there is room, the largest child of any row.
 * O(members) for one part.
 */
export function chooseRows(forest: RowForest, limits: RowLimits): ChosenRow[] {
  const childrenOf = linkChildren(forest);
  const tops = chooseTops(forest, childrenOf(TOP), limits);
  const open = tops.map((row) => toEntry(forest, row, childrenOf));
  const roots = [...open];
  for (let count = open.length; count < limits.all; count++) {
    const parent = findLargestWaiting(open);
    if (parent === undefined) break;
    const child = toEntry(forest, parent.waiting[parent.children.length]!, childrenOf);
    parent.children.push(child);
    open.push(child);
  }
  return flatten(roots);
}

const TOP = -1;

function chooseTops(forest: RowForest, nodes: readonly number[], { top, fold }: RowLimits): ChosenRow[] {
  const place = { above: TOP, depth: 0 };
  if (fold === "always" || fitsFolded(forest, nodes, top)) return foldSiblings(forest, nodes, place).slice(0, top);
  return nodes.slice(0, top).map((node) => toSingle(forest, node, place));
}

/** Whether one row for each family and each other node is few enough. Stops as soon as there are too many names. */
function fitsFolded({ nameOf }: RowForest, nodes: readonly number[], top: number): boolean {
  const counts = new Map<number, number>();
  for (const node of nodes) {
    const name = nameOf[node]!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (counts.size > top) return false;
  }
  const rows = [...counts.values()].reduce((sum, count) => sum + (count >= MIN_FAMILY ? 1 : count), 0);
  return rows <= top;
}

type Place = Pick<ChosenRow, "above" | "depth">;

/** One row for each name with four or more siblings, one for each other node; the largest first. `nodes` are in that order. */
export function foldSiblings(
  forest: Pick<RowForest, "nameOf" | "retainedSize" | "sumOf">,
  nodes: readonly number[],
  place: Place,
): ChosenRow[] {
  const counts = new Map<number, number>();
  for (const node of nodes) counts.set(forest.nameOf[node]!, (counts.get(forest.nameOf[node]!) ?? 0) + 1);
  const isInFamily = (node: number) => counts.get(forest.nameOf[node]!)! >= MIN_FAMILY;
  const families = Map.groupBy(nodes.filter(isInFamily), (node) => forest.nameOf[node]!);
  const rows = nodes.filter((node) => !isInFamily(node)).map((node) => toSingle(forest, node, place));
  if (families.size === 0) return rows;
  for (const same of families.values()) rows.push({ nodes: same, size: forest.sumOf(same), ...place });
  return rows.sort((a, b) => b.size - a.size || a.nodes[0]! - b.nodes[0]!);
}

function toSingle({ retainedSize }: Pick<RowForest, "retainedSize">, node: number, place: Place): ChosenRow {
  return { nodes: [node], size: retainedSize[node]!, ...place };
}

type ChildrenOf = (node: number) => number[];

/** The members below each node, in their order; `TOP`: those at the top. */
function linkChildren({ members, parent, retainedSize }: RowForest): ChildrenOf {
  const count = retainedSize.length;
  const isMember = new Uint8Array(count);
  for (const node of members) isMember[node] = 1;
  const first = new Int32Array(count + 1).fill(-1);
  const next = new Int32Array(count).fill(-1);
  for (let at = members.length - 1; at >= 0; at--) {
    const node = members[at]!;
    const above = parent[node]!;
    const list = above >= 0 && isMember[above] === 1 ? above + 1 : 0;
    next[node] = first[list]!;
    first[list] = node;
  }
  return (node) => {
    const children: number[] = [];
    for (let child = first[node + 1]!; child >= 0; child = next[child]!) children.push(child);
    return children;
  };
}

function toEntry(forest: RowForest, row: ChosenRow, childrenOf: ChildrenOf): Entry {
  const [node] = row.nodes;
  // The children of a family have many parents: they get no rows.
  const waiting =
    row.nodes.length > 1 ? [] : foldSiblings(forest, childrenOf(node!), { above: node!, depth: row.depth + 1 });
  return { ...row, waiting, children: [] };
}

function findLargestWaiting(open: readonly Entry[]): Entry | undefined {
  let best: Entry | undefined;
  let size = Number.NEGATIVE_INFINITY;
  for (const entry of open) {
    const next = entry.waiting[entry.children.length];
    if (next === undefined || next.size <= size) continue;
    best = entry;
    size = next.size;
  }
  return best;
}

function flatten(roots: readonly Entry[]): ChosenRow[] {
  const rows: ChosenRow[] = [];
  const stack = [...roots].reverse();
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    const { nodes, depth, above, size, children } = entry;
    rows.push({ nodes, depth, above, size });
    stack.push(...[...children].reverse());
  }
  return rows;
}
