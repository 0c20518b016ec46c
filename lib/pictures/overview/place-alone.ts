import { formatCount } from "#lib/display/bytes.ts";
import type { Overview } from "#lib/model/overview.ts";
import type { BoxTexts } from "./box-text.ts";
import type { ChosenBoxes } from "./choose-boxes.ts";
import { textWidth } from "./name-text.ts";
import type { Area, PlacedBox, PlacedGroup, PlacedOverview } from "./placed.ts";
import { MARGIN, type OverviewShape } from "./shapes.ts";

interface AloneQuestion {
  readonly overview: Overview;
  readonly shape: OverviewShape;
  readonly chosen: ChosenBoxes;
  readonly text: BoxTexts;
  /** Boxes, groups and lines that are placed already. */
  readonly taken: readonly Area[];
  readonly extent: { readonly width: number; readonly height: number };
}

interface AloneBlock {
  readonly boxes: PlacedBox[];
  readonly groups: PlacedGroup[];
  readonly title: PlacedOverview["alone"];
  readonly width: number;
  readonly height: number;
}

export const ALONE_TITLE = 18;
const COLUMN = { small: 138, large: 116 };
const GAP = 6;

/** The nodes without edges, as a block in a free corner, else below everything. Alone in the drawing, it is in the middle. */
export function placeAlone({ overview, shape, chosen, text, taken, extent }: AloneQuestion): AloneBlock {
  const group = chosen.groups.find(({ column }) => column === overview.columns.length);
  const cells = chosen.alone.length + (group === undefined ? 0 : 1);
  if (cells === 0) return { boxes: [], groups: [], title: undefined, ...extent };
  const cell = {
    width: shape.turned ? shape.box.width : text.small ? COLUMN.small : COLUMN.large,
    height: text.height,
  };
  const columns = columnsOf(cells, taken.length === 0, shape, cell, text.small);
  const title = aloneTitle(overview.alone.count, shape.turned);
  const size = {
    width: Math.max(columns * (cell.width + GAP) - GAP, Math.ceil(textWidth(title, 11.5))),
    height: ALONE_TITLE + Math.ceil(cells / columns) * (cell.height + GAP) - GAP,
  };
  const corner = findCorner(size, taken, extent);
  const height = Math.max(extent.height, corner.y + size.height + MARGIN);
  const place = (i: number) => ({
    x: corner.x + (i % columns) * (cell.width + GAP),
    y: corner.y + ALONE_TITLE + Math.floor(i / columns) * (cell.height + GAP),
    ...cell,
  });
  const boxes = chosen.alone.map((node, i): PlacedBox => {
    const added = chosen.added.has(node);
    return { ...place(i), ...text.textOf(node, cell.width), layer: -1, added, hidden: 0 };
  });
  const groups = group === undefined ? [] : [{ ...text.toGroup(group, cell.width), ...place(cells - 1) }];
  return { boxes, groups, title: { ...corner, title }, width: extent.width, height };
}

function aloneTitle(count: number, short: boolean): string {
  const stand = count === 1 ? "1 stands alone" : `${formatCount(count)} stand alone`;
  return short ? `${stand}: no edges` : `${stand}: no edge in or out is known`;
}

/** Nearly square if the block is all there is; else two columns, or as many as keep it low. */
function columnsOf(
  cells: number,
  only: boolean,
  shape: OverviewShape,
  cell: Pick<Area, "width" | "height">,
  small: boolean,
): number {
  const most = Math.max(1, Math.floor((shape.width - 2 * MARGIN + GAP) / (cell.width + GAP)));
  const rows = Math.floor((shape.height - 2 * MARGIN - ALONE_TITLE) / (cell.height + GAP));
  if (only) return Math.min(most, Math.max(Math.ceil(cells / rows), Math.ceil(Math.sqrt(cells / 3))));
  // In a row of their own there is room for one line only.
  return shape.turned || !small ? Math.min(most, cells) : Math.min(most, Math.max(2, Math.ceil(cells / 6)), cells);
}

function findCorner(size: Pick<Area, "width" | "height">, taken: readonly Area[], extent: AloneQuestion["extent"]) {
  const left = MARGIN;
  const right = extent.width - MARGIN - size.width;
  const bottom = extent.height - MARGIN - size.height;
  if (taken.length === 0) return { x: (extent.width - size.width) / 2, y: (extent.height - size.height) / 2 };
  const corners = [
    { x: right, y: bottom },
    { x: right, y: MARGIN + ALONE_TITLE },
    { x: left, y: bottom },
    { x: left, y: MARGIN + ALONE_TITLE },
  ];
  const free = corners.find((corner) => taken.every((area) => !overlap({ ...corner, ...size }, area)));
  return free ?? { x: right, y: Math.max(...taken.map(({ y, height }) => y + height)) + MARGIN };
}

const ROOM = 10;

function overlap(a: Area, b: Area): boolean {
  return (
    a.x < b.x + b.width + ROOM &&
    b.x < a.x + a.width + ROOM &&
    a.y < b.y + b.height + ROOM &&
    b.y < a.y + a.height + ROOM
  );
}
