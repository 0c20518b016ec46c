/** The drawn elements, numbered 0 … n − 1, and the edges between them. */
export interface Placement {
  /** Column, from the left; empty columns take no room. */
  readonly rank: ArrayLike<number>;
  /** Order in one column: the lower value is above (for equal ones: the lower index). */
  readonly order: ArrayLike<number>;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** Height of each element; default: 1. */
  readonly heights?: ArrayLike<number>;
  /** Distance between columns (default: 4), and minimum gap between elements of one (default: 0.5). */
  readonly columnGap?: number;
  readonly rowGap?: number;
}

export interface Places {
  /** Centres, in the unit of the heights and gaps. The topmost edge of the drawing is 0, its first column's centre 0. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const SWEEPS = 12;

/**
 * Places drawn elements in columns, each as close as possible to the mean height of its neighbours, in the given order and
 * without overlap. Sweeps alternate right and left; each column is placed optimally for its neighbours on one side (isotonic
 * regression by pooling adjacent violators: exact and linear); the last sweeps use both sides, which straightens long edges.
 * About 1 ms for 300 elements and 1,000 edges; the caller limits the number drawn.
 */
export function placeNodes(placement: Placement): Places {
  const { rank, order, heights, columnGap = 4, rowGap = 0.5 } = placement;
  const columns = listColumns(rank, order);
  const neighbours = listNeighbours(placement);
  const x = new Float64Array(rank.length);
  const y = new Float64Array(rank.length);
  const heightOf = (node: number) => heights?.[node] ?? 1;
  columns.forEach((column, index) => {
    for (const node of column) x[node] = index * columnGap;
    stackFromCentre(column, heightOf, rowGap, y);
  });
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const side = sweep < SWEEPS / 2 ? (sweep % 2 === 0 ? "left" : "right") : "both";
    const inTurn = sweep % 2 === 0 ? columns : columns.toReversed();
    for (const column of inTurn) alignColumn(column, neighbours[side], { heightOf, rowGap, y });
  }
  moveToTop(y, heightOf);
  return { x, y };
}

function listColumns(rank: ArrayLike<number>, order: ArrayLike<number>): number[][] {
  const byRank = Map.groupBy(Array.from(rank).keys(), (node) => rank[node]!);
  const ranks = [...byRank.keys()].sort((a, b) => a - b);
  return ranks.map((r) => byRank.get(r)!.sort((a, b) => order[a]! - order[b]! || a - b));
}

interface Neighbours {
  readonly left: number[][];
  readonly right: number[][];
  readonly both: number[][];
}

function listNeighbours({ rank, from, to }: Placement): Neighbours {
  const empty = (): number[][] => Array.from({ length: rank.length }, () => []);
  const neighbours = { left: empty(), right: empty(), both: empty() };
  for (let edge = 0; edge < from.length; edge++) {
    const [left, right] = rank[from[edge]!]! < rank[to[edge]!]! ? [from[edge]!, to[edge]!] : [to[edge]!, from[edge]!];
    if (rank[left] === rank[right]) continue;
    neighbours.right[left]!.push(right);
    neighbours.left[right]!.push(left);
    neighbours.both[left]!.push(right);
    neighbours.both[right]!.push(left);
  }
  return neighbours;
}

/** A column's elements stacked, its middle at 0. */
function stackFromCentre(column: number[], heightOf: (node: number) => number, rowGap: number, y: Float64Array): void {
  let total = -rowGap;
  for (const node of column) total += heightOf(node) + rowGap;
  let top = -total / 2;
  for (const node of column) {
    y[node] = top + heightOf(node) / 2;
    top += heightOf(node) + rowGap;
  }
}

interface Room {
  readonly heightOf: (node: number) => number;
  readonly rowGap: number;
  readonly y: Float64Array;
}

/** Elements that touch and move as one: their common shift, a weighted mean of their desired shifts. */
interface Pool {
  wish: number;
  weight: number;
  readonly firstAt: number;
}

/**
 * Moves a column's elements to their desired positions by least squares, keeping order and gaps. After subtracting the gaps' sum
 * (`offset`) the constraint is "not falling", and falling neighbours pool at their weighted mean.
 */
function alignColumn(column: number[], neighbours: number[][], { heightOf, rowGap, y }: Room): void {
  const offset: number[] = [];
  const pools: Pool[] = [];
  let top = 0;
  column.forEach((node, at) => {
    offset.push(top + heightOf(node) / 2);
    top += heightOf(node) + rowGap;
    let pool: Pool = { ...wishOf(node, neighbours[node]!, y), firstAt: at };
    pool.wish -= offset[at]!;
    for (let above = pools.at(-1); above !== undefined && above.wish >= pool.wish; above = pools.at(-1)) {
      const weight = above.weight + pool.weight;
      const wish = (above.wish * above.weight + pool.wish * pool.weight) / weight;
      pool = { wish, weight, firstAt: above.firstAt };
      pools.pop();
    }
    pools.push(pool);
  });
  pools.forEach((pool, index) => {
    const end = pools[index + 1]?.firstAt ?? column.length;
    for (let at = pool.firstAt; at < end; at++) y[column[at]!] = pool.wish + offset[at]!;
  });
}

/** Weight of an element without neighbours on this side: it stays, and yields. */
const LOOSE = 0.05;

/** An element with one neighbour should be exactly level with it; one with many only near their middle. */
function wishOf(node: number, neighbours: number[], y: Float64Array): { wish: number; weight: number } {
  if (neighbours.length === 0) return { wish: y[node]!, weight: LOOSE };
  const levels = neighbours.map((other) => y[other]!).sort((a, b) => a - b);
  const middle = levels.length >> 1;
  const median = levels.length % 2 === 1 ? levels[middle]! : (levels[middle - 1]! + levels[middle]!) / 2;
  return { wish: median, weight: 1 };
}

function moveToTop(y: Float64Array, heightOf: (node: number) => number): void {
  let top = Number.POSITIVE_INFINITY;
  for (let node = 0; node < y.length; node++) top = Math.min(top, y[node]! - heightOf(node) / 2);
  for (let node = 0; node < y.length; node++) y[node]! -= top;
}
