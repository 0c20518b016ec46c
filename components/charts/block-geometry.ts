import { type HierarchyNode, type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { Block } from "#lib/views/column.ts";

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A block's rectangle, in the units of the width and height given. */
export interface PlacedBlock extends Rectangle {
  readonly block: Block;
  /** 1 directly in the whole. */
  readonly depth: number;
}

export interface BlockPicture {
  readonly placed: readonly PlacedBlock[];
  /** Where the bytes lie that no block covers, and how many they are. */
  readonly rest: (Rectangle & { readonly bytes: number }) | undefined;
}

interface Weighted {
  readonly block: Block | undefined;
  readonly bytes: number;
  readonly children: Weighted[];
}

/** A side shorter than this is not drawn. */
const SMALLEST = 2;

export interface BlockRequest {
  readonly blocks: readonly Block[];
  /** Bytes of the whole: what the blocks do not cover stays empty. */
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  /** Room for a block's name above what is inside it. */
  readonly heading: number;
  /** How many levels are drawn. */
  readonly levels: number;
}

/** Blocks as a treemap, area by retained size; what a block keeps beside its drawn children is its own empty ground. */
export function layBlocks({ blocks, bytes, width, height, heading, levels }: BlockRequest): BlockPicture {
  const root = hierarchy<Weighted>(weigh(blocks, bytes, levels), ({ children }) => children)
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
  // Breadth first: a parent stands before its children.
  for (const node of laid.descendants()) {
    const { data, depth, parent } = node;
    const rectangle = clip(node, clipped.get(parent));
    clipped.set(node, rectangle);
    if (data.block === undefined && depth === 1) rest = { ...rectangle, bytes: data.bytes };
    if (data.block === undefined || Math.min(rectangle.width, rectangle.height) < SMALLEST) continue;
    placed.push({ block: data.block, depth, ...rectangle });
  }
  return { placed, rest };
}

/** The part of a rectangle inside its parent's: where a block is lower than its heading, d3 lays what it keeps below it. */
function clip({ x0, y0, x1, y1 }: HierarchyRectangularNode<Weighted>, around: Rectangle | undefined): Rectangle {
  if (around === undefined) return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
  const [left, top] = [Math.max(x0, around.x), Math.max(y0, around.y)];
  const [right, bottom] = [Math.min(x1, around.x + around.width), Math.min(y1, around.y + around.height)];
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/** Largest first; what no block covers comes last, whatever its size. */
function byBytes(a: HierarchyNode<Weighted>, b: HierarchyNode<Weighted>): number {
  const rest = Number(a.data.block === undefined) - Number(b.data.block === undefined);
  return rest !== 0 ? rest : (b.value ?? 0) - (a.value ?? 0);
}

// Level by level with a queue: d3 sums leaves, so what a node keeps beyond its children becomes a leaf without a block.
function weigh(blocks: readonly Block[], bytes: number, levels: number): Weighted {
  const whole: Weighted = { block: undefined, bytes: 0, children: [] };
  const queue: { into: Weighted; blocks: readonly Block[]; bytes: number; level: number }[] = [
    { into: whole, blocks, bytes, level: 1 },
  ];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    let rest = next.bytes;
    for (const block of next.blocks) {
      const divided = next.level < levels && block.children.length > 0;
      const inner: Weighted = { block, bytes: divided ? 0 : block.retainedSize, children: [] };
      next.into.children.push(inner);
      rest -= block.retainedSize;
      if (divided)
        queue.push({ into: inner, blocks: block.children, bytes: block.retainedSize, level: next.level + 1 });
    }
    if (rest > 0) next.into.children.push({ block: undefined, bytes: rest, children: [] });
  }
  return whole;
}
