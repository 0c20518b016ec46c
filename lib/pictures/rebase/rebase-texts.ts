import { formatBytes } from "#lib/display/bytes.ts";
import type { RebasePlan } from "#lib/model/rebase-plan.ts";
import type { Join, JoinKind } from "../correlation/joins.ts";
import type { CorrelationPicture } from "../correlation/picture.ts";

/** Words on a block, or on a band. `left` and `width`: percent of the picture; `top`: pixels, of their middle. */
export interface PlacedText {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  /** A figure, which stays on a narrow page, and what it is of. */
  readonly bytes: string;
  readonly words: string;
  readonly isBand: boolean;
  /** Whether there is room for two lines. */
  readonly isTall: boolean;
}

/** Pixels of a line of words. */
const MIN_LINE = 17;
/** Width of a column and from one to the next, in the picture's units. */
const COLUMN = 100;
const STEP = 230;

const JOIN_WORDS: Readonly<Record<JoinKind, string>> = {
  chain: "stored once",
  moved: "same layer",
  like: "same files",
};

/** The words for which a picture has room: the two bases on their blocks, and each band between neighbours. */
export function placeTexts(picture: CorrelationPicture, plan: RebasePlan): PlacedText[] {
  return [...baseTexts(picture, plan), ...bandTexts(picture)].filter(({ top }) => top > 0);
}

function baseTexts({ columns, placed, width }: CorrelationPicture, { from, to }: RebasePlan): PlacedText[] {
  return columns.flatMap(({ strata }, column) => {
    const base = column === 0 ? from : to;
    const count = base.layers.length;
    const bands = placed[column]!.bands.slice(0, count);
    const height = bands.reduce((sum, band) => sum + band.height, 0);
    if (height < MIN_LINE || count === 0) return [];
    const bytes = strata.slice(0, count).reduce((sum, stratum) => sum + stratum.bytes, 0);
    const place = { left: (100 * column * STEP) / width, width: (100 * COLUMN) / width };
    // The old base and the new one may have had the same name.
    const words = base.moved === null || base.name !== base.id ? base.name : `${base.moved.name} (older)`;
    const isTall = height >= 2 * MIN_LINE;
    return { ...place, top: middleOf(bands), bytes: formatBytes(bytes), words, isBand: false, isTall };
  });
}

function middleOf(bands: readonly { readonly top: number; readonly height: number }[]): number {
  return (bands.at(-1)!.top + bands[0]!.top + bands[0]!.height) / 2;
}

/** One for all bands of a kind between two neighbours: a base may have many layers. */
function bandTexts({ joins, width }: CorrelationPicture): PlacedText[] {
  const near = joins.filter(({ from, to }) => to.column === from.column + 1);
  const groups = Map.groupBy(near, ({ kind, from }) => `${from.column} ${kind}`);
  return [...groups.values()].flatMap((group) => {
    const widest = group.toSorted((a, b) => thickness(b) - thickness(a))[0]!;
    if (thickness(widest) < MIN_LINE - 4) return [];
    const bytes = group.reduce((sum, join) => sum + join.bytes, 0);
    const { from, to, kind } = widest;
    const place = { left: (100 * (from.column * STEP + COLUMN)) / width, width: (100 * (STEP - COLUMN)) / width };
    const top = (from.top + from.bottom + to.top + to.bottom) / 4;
    const isTall = thickness(widest) >= 2 * MIN_LINE;
    return { ...place, top, bytes: formatBytes(bytes), words: JOIN_WORDS[kind], isBand: true, isTall };
  });
}

function thickness({ from, to }: Join): number {
  return Math.min(from.bottom - from.top, to.bottom - to.top);
}
