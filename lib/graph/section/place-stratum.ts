import { type Area, squarify } from "./squarify.ts";

export interface NestedWeights {
  /** By position, as in `Section`. */
  readonly endOf: Int32Array;
  /** Of a node and all below it. */
  readonly weight: Float64Array;
}

interface PlacedStratum {
  readonly first: number;
  readonly end: number;
  /** Width by height. */
  readonly aspect: number;
}

/**
 * Writes the rectangles of one stratum, as shares of its width and height. From left to right, the trees fill bands about as wide
 * as the stratum is high, in their order; inside a band and inside a frame rectangles are squarified. The head of a frame is as
 * high as its own weight requires.
 */
export function placeStratum(nested: NestedWeights, { first, end, aspect }: PlacedStratum, into: Float32Array): void {
  const { weight } = nested;
  const placed = new Float64Array(4 * (end - first));
  const shift = (positions: Int32Array) => positions.map((position) => position - first);
  const local = weight.subarray(first, end);
  const fill = (positions: Int32Array, area: Area) =>
    squarify({ positions: shift(positions), weight: local, into: placed }, area);
  let left = 0;
  for (const { tops, share } of cutBands(nested, { first, end, aspect })) {
    fill(tops, { left, top: 0, right: left + share * aspect, bottom: 1 });
    left += share * aspect;
  }
  for (let position = first; position < end; position++) {
    const children = listChildren(nested, position);
    if (children.length > 0)
      fill(children, areaBelowHead(nested, children, placed.subarray(4 * (position - first)), position));
  }
  for (let i = 0; i < placed.length; i++) into[4 * first + i] = i % 2 === 0 ? placed[i]! / aspect : placed[i]!;
}

/** The part of a frame below its head. */
function areaBelowHead({ weight }: NestedWeights, children: Int32Array, frame: Float64Array, position: number): Area {
  const [left, top, right, bottom] = frame;
  let kept = 0;
  for (const child of children) kept += weight[child]!;
  return { left: left!, top: bottom! - ((bottom! - top!) * kept) / weight[position]!, right: right!, bottom: bottom! };
}

/** The nodes directly under one, the heaviest first. */
export function listChildren({ endOf }: Pick<NestedWeights, "endOf">, position: number): Int32Array {
  return listSiblings(endOf, position + 1, endOf[position]!);
}

function listSiblings(endOf: Int32Array, first: number, end: number): Int32Array {
  const siblings: number[] = [];
  for (let at = first; at < end; at = endOf[at]!) siblings.push(at);
  return Int32Array.from(siblings);
}

interface Band {
  readonly tops: Int32Array;
  /** Of the stratum's width. */
  readonly share: number;
}

/** Cuts a stratum's trees into bands of about equal weight, as many as squares fit; a heavier tree has a wider band. */
function cutBands({ endOf, weight }: NestedWeights, { first, end, aspect }: PlacedStratum): Band[] {
  const tops = listSiblings(endOf, first, end);
  let total = 0;
  for (const top of tops) total += weight[top]!;
  const wanted = total / Math.max(1, Math.round(aspect));
  const bands: Band[] = [];
  let from = 0;
  let sum = 0;
  for (let i = 0; i < tops.length; i++) {
    sum += weight[tops[i]!]!;
    const next = weight[tops[i + 1] ?? -1] ?? Number.POSITIVE_INFINITY;
    // Closed here if the next tree would exceed the wanted weight by more than is missing now.
    if (sum + next - wanted <= wanted - sum) continue;
    bands.push({ tops: tops.slice(from, i + 1).sort((a, b) => weight[b]! - weight[a]! || a - b), share: sum / total });
    from = i + 1;
    sum = 0;
  }
  return bands;
}
