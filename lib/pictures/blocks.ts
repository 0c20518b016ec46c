import { type HierarchyNode, type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { DominatedNode } from "#lib/model/column.ts";
import type { Rectangle } from "./shapes.ts";

/** A node's rectangle, in the units of the width and height given. */
export interface PlacedBlock extends Rectangle {
  readonly node: DominatedNode;
  /** Nesting level: 1 directly in the whole. */
  readonly depth: number;
  /** Other blocks are inside it. */
  readonly divided: boolean;
}

export interface BlockPicture {
  readonly placed: readonly PlacedBlock[];
  /** The position and number of the bytes outside all blocks. */
  readonly rest: (Rectangle & { readonly bytes: number }) | undefined;
}

interface Weighted {
  readonly node: DominatedNode | undefined;
  readonly bytes: number;
  readonly children: Weighted[];
}

/** A side shorter than this is not drawn. */
const MIN_SIDE = 2;
const OUTERMOST = -1;

export interface BlockRequest {
  /** A node whose dominator is not among them is directly in the whole. */
  readonly nodes: readonly DominatedNode[];
  /** Bytes of the whole: the part without blocks stays empty. */
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  /** Space for a block's name above the blocks inside it. */
  readonly heading: number;
  /** Number of levels drawn. */
  readonly levels: number;
}

/** Nodes as a treemap, area by retained size; what a block retains beside its drawn children is empty area in it. */
export function placeBlocks({ nodes, bytes, width, height, heading, levels }: BlockRequest): BlockPicture {
  const root = hierarchy<Weighted>(weigh(nodes, bytes, levels), ({ children }) => children)
    .sum(({ bytes: own }) => own)
    .sort(byBytes);
  const laid = treemap<Weighted>()
    .tile(treemapSquarify.ratio(1.4))
    .size([width, height])
    .paddingInner(heading > 0 ? 2 : 1)
    .paddingOuter((node) => (node.depth === 0 ? 0 : 2))
    .paddingTop((node) => (node.depth === 0 ? 0 : heading))(root);
  const placed: PlacedBlock[] = [];
  let rest: BlockPicture["rest"];
  const clipped = new Map<unknown, Rectangle>();
  // Breadth first: a parent comes before its children.
  for (const laidNode of laid.descendants()) {
    const { data, depth, parent } = laidNode;
    const rectangle = clip(laidNode, clipped.get(parent));
    clipped.set(laidNode, rectangle);
    if (data.node === undefined && depth === 1) rest = { ...rectangle, bytes: data.bytes };
    if (data.node === undefined || Math.min(rectangle.width, rectangle.height) < MIN_SIDE) continue;
    const divided = data.children.some(({ node }) => node !== undefined);
    placed.push({ node: data.node, depth, divided, ...rectangle });
  }
  return { placed, rest };
}

/** The part of a rectangle inside its parent's: if a block is lower than its heading, d3 places its children below it. */
function clip({ x0, y0, x1, y1 }: HierarchyRectangularNode<Weighted>, around: Rectangle | undefined): Rectangle {
  if (around === undefined) return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
  const [left, top] = [Math.max(x0, around.x), Math.max(y0, around.y)];
  const [right, bottom] = [Math.min(x1, around.x + around.width), Math.min(y1, around.y + around.height)];
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/** Largest first; the area outside all blocks comes last, whatever its size. */
function byBytes(a: HierarchyNode<Weighted>, b: HierarchyNode<Weighted>): number {
  const rest = Number(a.data.node === undefined) - Number(b.data.node === undefined);
  return rest !== 0 ? rest : (b.value ?? 0) - (a.value ?? 0);
}

// Level by level with a queue: d3 sums leaves, so what a node retains beyond its children becomes a leaf without a node.
function weigh(nodes: readonly DominatedNode[], bytes: number, levels: number): Weighted {
  const inside = groupByDominator(nodes);
  const whole: Weighted = { node: undefined, bytes: 0, children: [] };
  const queue = [{ into: whole, nodeIndex: OUTERMOST, bytes, level: 1 }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { into, level } = next;
    let rest = next.bytes;
    for (const node of inside.get(next.nodeIndex) ?? []) {
      const { nodeIndex, retainedSize } = node;
      const divided = level < levels && inside.has(nodeIndex);
      const inner: Weighted = { node, bytes: divided ? 0 : retainedSize, children: [] };
      into.children.push(inner);
      rest -= retainedSize;
      if (divided) queue.push({ into: inner, nodeIndex, bytes: retainedSize, level: level + 1 });
    }
    if (rest > 0) into.children.push({ node: undefined, bytes: rest, children: [] });
  }
  return whole;
}

function groupByDominator(nodes: readonly DominatedNode[]): Map<number, DominatedNode[]> {
  const known = new Set(nodes.map(({ nodeIndex }) => nodeIndex));
  return Map.groupBy(nodes, ({ dominator }) => (known.has(dominator) ? dominator : OUTERMOST));
}

/** Whether some of the nodes retain more than themselves and those inside them: smaller nodes that are not listed. */
export function retainUnlisted(nodes: readonly DominatedNode[]): boolean {
  const inside = groupByDominator(nodes);
  return nodes.some(({ nodeIndex, selfSize, retainedSize }) => {
    const listed = inside.get(nodeIndex) ?? [];
    return listed.reduce((sum, node) => sum + node.retainedSize, selfSize) < retainedSize;
  });
}
