import type {
  CutPath,
  FocusListing,
  FocusMiddle,
  FocusPart,
  FocusPartName,
  FocusRow,
} from "#lib/model/focus-answer.ts";

/** Heights of the blocks of a side, in pixels: a page draws them so, and lines end at their middles. */
export const HEIGHTS = {
  heading: 32,
  axis: 24,
  row: 28,
  more: 32,
  chart: 176,
  lowChart: 104,
  alike: 32,
  filter: 44,
  gap: 16,
} as const;

/** Above the dependency path, and one line of it. */
const TOP = 8;
const WAY_LINE = 26;
/** From the dependency path to the card, and from the top of the card to where all lines meet. */
const CARD_GAP = 10;
const ANCHOR = 190;
/** Width of the space between a side and the card. */
export const GUTTER = 80;
/** Between a row and its line. */
const ROW_SPACE = 8;

/** With as many members without a row, their sizes are shown as columns. */
const MIN_CHARTED = 12;

export interface FocusLine {
  /** That of its row: the part and the node. */
  readonly key: string;
  readonly d: string;
  readonly width: number;
  readonly evidence: FocusRow["evidence"];
  /** It represents members without a row. */
  readonly rest: boolean;
}

export interface PlacedSide {
  /** Where the side begins, below the top of the board. */
  readonly top: number;
  readonly lines: readonly FocusLine[];
}

export interface PlacedFocus {
  /** Top of the dependency path; the card follows it. */
  readonly wayTop: number;
  readonly wayHeight: number;
  readonly cardTop: number;
  readonly left: PlacedSide;
  readonly right: PlacedSide;
  readonly height: number;
}

/** The parts at the right are below each other: their columns are low, so that the second part is in view. */
export function chartHeight(part: FocusPartName): number {
  return part === "up" ? HEIGHTS.chart : HEIGHTS.lowChart;
}

/** Whether the members without a row are shown as columns. */
export function isCharted(part: FocusPart): boolean {
  return part.rest !== undefined && part.rest.count >= MIN_CHARTED;
}

/** Where the parts around a node are, and the lines between their rows and the node. */
export function placeFocus({ way, up, own, shared, listing }: FocusMiddle): PlacedFocus {
  const wayHeight = WAY_LINE * (1 + (way === undefined ? 1 : linesOf(way)));
  const cardTop = TOP + wayHeight + CARD_GAP;
  const anchor = cardTop + ANCHOR;
  const listed = (part: FocusListing["part"]) => (listing?.part === part ? listing : undefined);
  const left = stackSide([{ name: "up", part: up, listing: listed("up") }]);
  const right = stackSide([
    { name: "own", part: own, listing: listed("own") },
    { name: "shared", part: shared, listing: listed("shared") },
  ]);
  const leftTop = Math.max(0, Math.round(anchor - left.closedHeight / 2));
  const rightTop = Math.max(0, Math.round(anchor - right.closedHeight / 2));
  return {
    wayTop: TOP,
    wayHeight,
    cardTop,
    left: { top: leftTop, lines: left.ends.map((end) => toLine(end, leftTop, anchor, "left")) },
    right: { top: rightTop, lines: right.ends.map((end) => toLine(end, rightTop, anchor, "right")) },
    height: Math.max(leftTop + left.height, rightTop + right.height, cardTop + 2 * ANCHOR),
  };
}

function linesOf({ first, omitted, last }: CutPath): number {
  return first.length + last.length + (omitted > 0 ? 1 : 0);
}

/** Where a line ends: below the top of its side. */
interface LineEnd extends Omit<FocusLine, "d"> {
  readonly y: number;
}

interface StackedPart {
  readonly name: FocusPartName;
  readonly part: FocusPart | undefined;
  readonly listing: FocusListing | undefined;
}

interface StackedSide {
  readonly height: number;
  /** Without the listing: opening one moves nothing. */
  readonly closedHeight: number;
  readonly ends: readonly LineEnd[];
}

function stackSide(parts: readonly StackedPart[]): StackedSide {
  const ends: LineEnd[] = [];
  let y: number = HEIGHTS.heading;
  let listed = 0;
  for (const { name, part, listing } of parts) {
    if (part === undefined || part.count === 0) continue;
    y += HEIGHTS.axis;
    for (const row of part.rows) {
      // Below a listing, a line would be longer than the window.
      if (listed === 0 && row.depth === 0 && row.evidence !== undefined)
        ends.push(toEnd(name, row, y + HEIGHTS.row / 2));
      y += HEIGHTS.row;
    }
    y = stackRest(name, part, y, listed === 0 ? ends : []);
    if (listing !== undefined) listed = HEIGHTS.more + HEIGHTS.axis + HEIGHTS.row * listing.rows.length;
    y += HEIGHTS.gap + (listing === undefined ? 0 : listed);
  }
  return { height: y, closedHeight: y - listed, ends };
}

function stackRest(name: FocusPartName, part: FocusPart, top: number, ends: LineEnd[]): number {
  if (part.rest === undefined) return top;
  const below = top + HEIGHTS.more;
  // What only it keeps may be reached through others.
  if (!isCharted(part)) return below;
  if (name !== "own")
    ends.push({
      key: `${name}-rest`,
      y: below + chartHeight(name) / 2,
      width: widthOf(part.rest.count),
      evidence: "observed",
      rest: true,
    });
  return below + chartHeight(name) + (part.rest.alike.length > 0 ? HEIGHTS.alike : 0) + HEIGHTS.filter;
}

function toEnd(name: FocusPartName, { node, evidence, family }: FocusRow, y: number): LineEnd {
  return {
    key: `${name}-${node.nodeIndex}`,
    y,
    width: family === undefined ? 1.25 : widthOf(family.count),
    evidence,
    rest: false,
  };
}

/** Ten lines are as wide as 3.5, a thousand as 8.5. */
function widthOf(count: number): number {
  return Number((1 + 0.75 * Math.log2(count)).toFixed(2));
}

function toLine({ y, ...line }: LineEnd, top: number, anchor: number, side: "left" | "right"): FocusLine {
  const [from, to] = side === "left" ? [top + y, anchor] : [anchor, top + y];
  const [start, end] = side === "left" ? [ROW_SPACE, GUTTER] : [0, GUTTER - ROW_SPACE];
  const middle = (start + end) / 2;
  return { ...line, d: `M${start} ${from}C${middle} ${from} ${middle} ${to} ${end} ${to}` };
}
