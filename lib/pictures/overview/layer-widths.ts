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
  const wished = layers.map((layer) => Math.max(SMALL_BOX.minWidth, ...layer.map((node) => text.widthOf(node, false))));
  // A large node without its size would be the one thing that the drawing does not say.
  const least = layers.map((layer) =>
    Math.max(
      0,
      ...layer.map((node) => (text.isLarge(node) ? Math.min(text.widthOf(node, true), SMALL_BOX.sizedWidth) : 0)),
    ),
  );
  const tries = NAME_WIDTHS.map(({ width, gutter }) => {
    const widths = wished.map((wish, layer) => Math.max(least[layer]!, Math.min(width, wish)));
    return { widths, width, left: room - widths.reduce((sum, each) => sum + each, gutter * (layers.length - 1)) };
  });
  const { widths, width, left } = tries.find((each) => each.left >= 0) ?? tries.at(-1)!;
  const most = Math.max(width, SMALL_BOX.sizedWidth);
  const wishes = layers.flatMap((nodes, layer) =>
    nodes.map((node) => ({
      layer,
      width: Math.min(most, text.widthOf(node, true)),
      retainedSize: overview.nodes[node]!.retainedSize,
    })),
  );
  return widenForSizes(widths, wishes, left);
}

interface Wish {
  readonly layer: number;
  readonly width: number;
  readonly retainedSize: number;
}

/** The room that is left is for sizes: first for those of the largest nodes. */
function widenForSizes(widths: readonly number[], wishes: readonly Wish[], room: number): number[] {
  const given = [...widths];
  let left = room;
  for (const { layer, width } of wishes.toSorted((a, b) => b.retainedSize - a.retainedSize || a.layer - b.layer)) {
    const extra = width - given[layer]!;
    if (extra <= 0 || extra > left) continue;
    given[layer]! += extra;
    left -= extra;
  }
  return given;
}
