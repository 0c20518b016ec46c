import type { Box, MapScene } from "./map-camera.ts";
import { visitCells } from "./visit-cells.ts";

/** How a label is written. Sizes in pixels, never below 11. */
export const LABEL_FONTS = {
  territory: { size: 14, weight: 600, line: 18 },
  frame: { size: 12, weight: 500, line: 15 },
  leaf: { size: 11, weight: 400, line: 14 },
  note: { size: 11, weight: 400, line: 14 },
} as const;
export type LabelFont = keyof typeof LABEL_FONTS;

export interface MapLabel {
  readonly position: number;
  readonly font: LabelFont;
  readonly text: string;
  /** Left, and baseline. */
  readonly x: number;
  readonly y: number;
  /** Whether it is on a frame's own, darker part. */
  readonly own: boolean;
}

export interface LabelWords {
  readonly name: (position: number) => string;
  /** Its size, and from some zoom on its version; "" for none. */
  readonly note: (position: number) => string;
  /** Width in pixels. */
  readonly measure: (text: string, font: LabelFont) => number;
}

interface LabelQuestion {
  readonly region: Box;
  readonly words: LabelWords;
  readonly litAt?: Uint8Array | undefined;
}

/** The smallest cell with a label. */
const MIN_WIDTH = 42;
const MIN_HEIGHT = 15;
/** Sides of a tree that is named in the largest letters. */
const TERRITORY = { width: 120, height: 56 };
const PADDING = 4;
/** Letters of a name that are left when it is cut. */
const MIN_LETTERS = 7;
const MAX_LABELS = 1500;
/** Lines by which a label may be lower than the top of its cell, to be clear of the labels of frames around it. */
const MAX_LINES_DOWN = 3;

interface Candidate extends Box {
  readonly position: number;
  readonly head: number;
}

/** Labels without overlap, the largest nodes first: names, and where there is room their sizes. */
export function placeMapLabels(scene: MapScene, { region, words, litAt }: LabelQuestion): MapLabel[] {
  const taken = new Taken();
  const labels: MapLabel[] = [];
  for (const cell of listCandidates(scene, region, litAt)) {
    if (labels.length >= MAX_LABELS) break;
    labels.push(...placeOne(scene, cell, words, taken));
  }
  return labels;
}

function listCandidates(scene: MapScene, region: Box, litAt: Uint8Array | undefined): Candidate[] {
  const { width: roomWidth } = scene.room;
  const found: Candidate[] = [];
  visitCells(
    scene,
    { region, minWidth: MIN_WIDTH, minHeight: MIN_HEIGHT },
    {
      cell(position, left, top, right, bottom, head) {
        if (litAt !== undefined && litAt[position] !== 1) return;
        // A node that begins before the room is named where the room begins.
        const x = left < 0 && right > 0 ? 0 : left;
        const y = top < 0 && bottom > 0 ? 0 : top;
        const width = Math.min(right, left < roomWidth ? roomWidth : right) - x;
        if (width >= MIN_WIDTH && bottom - y >= MIN_HEIGHT)
          found.push({ position, x, y, width, height: bottom - y, head });
      },
    },
  );
  const { keptSize } = scene.section;
  return found.sort((a, b) => keptSize[b.position]! - keptSize[a.position]! || a.position - b.position);
}

function fontOf({ section }: MapScene, { position, width, height }: Candidate): LabelFont {
  const frame = section.endOf[position]! - position > 1;
  if (frame && section.parentAt[position] === -1 && width >= TERRITORY.width && height >= TERRITORY.height)
    return "territory";
  return frame ? "frame" : "leaf";
}

/** The name of one cell, and its note beside it or below; none if there is no room. */
function placeOne(scene: MapScene, cell: Candidate, words: LabelWords, taken: Taken): MapLabel[] {
  const font = fontOf(scene, cell);
  const room = cell.width - 2 * PADDING;
  const text = shorten(words.name(cell.position), room, (part) => words.measure(part, font));
  if (text === undefined) return [];
  const { line, size } = LABEL_FONTS[font];
  const width = words.measure(text, font);
  const x = cell.x + PADDING;
  const top = findLine(cell, { x, width, line }, taken);
  if (top === undefined) return [];
  const y = top + (line + size) / 2 - 2;
  const label = (part: string, partFont: LabelFont, partX: number, partY: number): MapLabel => {
    const own = cell.head < cell.y + cell.height && partY < cell.head;
    return { position: cell.position, font: partFont, text: part, x: partX, y: partY, own };
  };
  const name = label(text, font, x, y);
  const note = words.note(cell.position);
  if (note === "" || text.endsWith("…")) return [name];
  const noteWidth = words.measure(note, "note");
  const beside = { x: x + width + 6, y: top, width: noteWidth, height: line };
  if (beside.x + noteWidth <= x + room && taken.add(beside)) return [name, label(note, "note", beside.x, y)];
  const below = { x, y: top + line, width: noteWidth, height: LABEL_FONTS.note.line };
  const fits = font === "leaf" && noteWidth <= room && below.y + below.height <= cell.y + cell.height;
  return fits && taken.add(below) ? [name, label(note, "note", x, below.y + 11)] : [name];
}

interface Line {
  readonly x: number;
  readonly width: number;
  readonly line: number;
}

/** The top of the first free line of a cell. */
function findLine(cell: Candidate, { x, width, line }: Line, taken: Taken): number | undefined {
  for (let down = 0; down <= MAX_LINES_DOWN; down++) {
    const y = cell.y + 1 + (down * line) / 2;
    if (y + line > cell.y + cell.height) return undefined;
    if (taken.add({ x, y, width, height: line })) return y;
  }
  return undefined;
}

/** A name, or its beginning, in a width. */
function shorten(name: string, room: number, measure: (text: string) => number): string | undefined {
  if (measure(name) <= room) return name;
  let [low, high] = [0, name.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${name.slice(0, middle)}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low >= MIN_LETTERS ? `${name.slice(0, low)}…` : undefined;
}

/** Boxes that are taken, by rows of a grid. */
class Taken {
  readonly #rows = new Map<number, Box[]>();
  static readonly #rowHeight = 32;

  /** Takes a box unless it touches one that is taken. */
  add(box: Box): boolean {
    const rows = this.#rowsOf(box);
    if (rows.some((row) => (this.#rows.get(row) ?? []).some((other) => overlap(box, other)))) return false;
    for (const row of rows) {
      const boxes = this.#rows.get(row);
      if (boxes === undefined) this.#rows.set(row, [box]);
      else boxes.push(box);
    }
    return true;
  }

  #rowsOf({ y, height }: Box): number[] {
    const first = Math.floor(y / Taken.#rowHeight);
    const last = Math.floor((y + height) / Taken.#rowHeight);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }
}

/** Pixels between two labels of one line. */
const MIN_SPACE = 3;

function overlap(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + MIN_SPACE && b.x < a.x + a.width + MIN_SPACE && a.y < b.y + b.height && b.y < a.y + a.height
  );
}
