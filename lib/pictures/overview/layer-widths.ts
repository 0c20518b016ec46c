import type { Overview } from "#lib/model/overview.ts";
import type { BoxTexts } from "./box-text.ts";
import type { ChosenBoxes } from "./choose-boxes.ts";
import { LARGE_BOX, MIN_GUTTER, NAME_WIDTHS, SMALL_BOX } from "./shapes.ts";

/** Each layer as wide as its longest name, if all have room then; else names are cut. */
export function layerWidths(
  overview: Overview,
  { layers, whole }: ChosenBoxes,
  text: BoxTexts,
  room: number,
): number[] {
  const share = Math.floor((room - MIN_GUTTER * (layers.length - 1)) / Math.max(1, layers.length));
  if (!whole) return layers.map(() => Math.min(LARGE_BOX.width, share));
  const wishes = (sized: boolean) =>
    layers.map((layer) => Math.max(SMALL_BOX.minWidth, ...layer.map((node) => text.widthOf(node, sized))));
  const wished = wishes(false);
  const tries = NAME_WIDTHS.map(({ width, gutter }) => {
    const widths = wished.map((wish) => Math.min(width, wish));
    return { widths, width, left: room - widths.reduce((sum, each) => sum + each, gutter * (layers.length - 1)) };
  });
  const { widths, width, left } = tries.find((each) => each.left >= 0) ?? tries.at(-1)!;
  const largest = layers.map((layer) => Math.max(0, ...layer.map((node) => overview.nodes[node]!.retainedSize)));
  const most = Math.max(width, SMALL_BOX.sizedWidth);
  return widenForSizes(
    widths,
    wishes(true).map((wish) => Math.min(wish, most)),
    largest,
    left,
  );
}

/** The room that is left is for sizes: first in the layers with the largest nodes. */
function widenForSizes(
  widths: readonly number[],
  wishes: readonly number[],
  largest: readonly number[],
  room: number,
): number[] {
  const given = [...widths];
  let left = room;
  for (const layer of [...widths.keys()].sort((a, b) => largest[b]! - largest[a]! || a - b)) {
    const extra = wishes[layer]! - widths[layer]!;
    if (extra <= 0 || extra > left) continue;
    given[layer]! += extra;
    left -= extra;
  }
  return given;
}
