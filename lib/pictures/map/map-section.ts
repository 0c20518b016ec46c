import { areaOf, type Section } from "#lib/graph/section/section.ts";

/** A section as sent to a page, with the rectangles for one shape of window. */
export interface SentSection extends Omit<Section, "wide" | "tall"> {
  readonly rectangles: Float32Array;
}

/** Number of stratum colours in `app/globals.css` (`--stratum-1` …). */
export const STRATUM_COLOURS = 5;

export interface MapStratum {
  /** The fewest and the most starts that reach its nodes. */
  readonly from: number;
  readonly to: number;
  /** Positions: the first, and the one after the last. */
  readonly first: number;
  readonly end: number;
  readonly bytes: number;
  /** Of the whole area, 0 … 1; and of the strata above it. */
  readonly share: number;
  readonly sharesAbove: number;
  /** 1 … `STRATUM_COLOURS`: the same class has the same colour in every graph. */
  readonly colour: number;
}

/** A section with everything that drawing and picking derive from it once. Arrays are by position, unless noted. */
export interface MapSection extends Omit<SentSection, "strata"> {
  readonly strata: readonly MapStratum[];
  /** By node index. */
  readonly positionOf: Int32Array;
  /** The frame that a node is in, −1 for none. */
  readonly parentAt: Int32Array;
  readonly stratumAt: Uint8Array;
  /** The part of a node's area that is its own, 0 … 1. */
  readonly ownShare: Float32Array;
  /** Bytes of a node and of all in its frame. */
  readonly keptSize: Float64Array;
}

export function toMapSection(section: SentSection): MapSection {
  const { nodeAt, endOf, selfSize } = section;
  const parentAt = new Int32Array(nodeAt.length).fill(-1);
  for (let position = 0; position < nodeAt.length; position++) {
    for (let child = position + 1; child < endOf[position]!; child = endOf[child]!) parentAt[child] = position;
  }
  const positionOf = new Int32Array(nodeAt.length);
  for (let position = 0; position < nodeAt.length; position++) positionOf[nodeAt[position]!] = position;
  const keptSize = sumFrames(parentAt, selfSize.slice());
  const own = selfSize.map(areaOf);
  const area = sumFrames(parentAt, own.slice());
  const ownShare = Float32Array.from(own, (bytes, position) => bytes / area[position]!);
  const strata = toStrata(section, area, keptSize);
  const stratumAt = new Uint8Array(nodeAt.length);
  for (const [i, { first, end }] of strata.entries()) stratumAt.fill(i, first, end);
  return { ...section, strata, positionOf, parentAt, stratumAt, ownShare, keptSize };
}

/** Adds each value to those of all frames around it. */
function sumFrames(parentAt: Int32Array, sums: Float64Array): Float64Array {
  for (let position = sums.length - 1; position >= 0; position--) {
    const frame = parentAt[position]!;
    if (frame >= 0) sums[frame]! += sums[position]!;
  }
  return sums;
}

function toStrata(
  { strata, endOf, startCount }: SentSection,
  area: Float64Array,
  keptSize: Float64Array,
): MapStratum[] {
  const sumTrees = (values: Float64Array, first: number, end: number) => {
    let sum = 0;
    for (let tree = first; tree < end; tree = endOf[tree]!) sum += values[tree]!;
    return sum;
  };
  const whole = sumTrees(area, 0, area.length);
  let sharesAbove = 0;
  return strata.map((stratum) => {
    const { from, first, end } = stratum;
    const share = sumTrees(area, first, end) / whole;
    sharesAbove += share;
    const colour = colourOf(from, startCount);
    return { ...stratum, bytes: sumTrees(keptSize, first, end), share, sharesAbove: sharesAbove - share, colour };
  });
}

function colourOf(from: number, startCount: number): number {
  if (from === 1) return 1;
  if (from > startCount / 4) return STRATUM_COLOURS;
  return from <= 2 ? 2 : from <= 5 ? 3 : 4;
}

/** The frames around a node, the outermost first, and the node itself. */
export function listFrames({ parentAt }: MapSection, position: number): number[] {
  const frames: number[] = [];
  for (let at = position; at >= 0; at = parentAt[at]!) frames.push(at);
  return frames.reverse();
}
