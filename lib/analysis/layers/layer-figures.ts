import { EntryKind } from "#lib/model/layer.ts";
import type { FileSum, HidingLayer, LayerFigures, LayerFile, LayerShow } from "#lib/model/layer-files.ts";

const SHOWS: Readonly<Record<LayerShow, (file: LayerFile) => boolean>> = {
  added: ({ deed }) => deed === "added",
  changed: ({ deed }) => deed === "changed",
  same: ({ isSameContent, deed }) => deed === "changed" && isSameContent,
  removed: ({ deed }) => deed === "removed",
  hidden: ({ hiddenBy }) => hiddenBy >= 0,
};

export function matchesShow(file: LayerFile, show: LayerShow | undefined): boolean {
  return show === undefined || SHOWS[show](file);
}

/** The sums of a layer. Hidden bytes are those that no container sees; all others are bytes of bodies. */
export function computeLayerFigures(files: readonly LayerFile[]): LayerFigures {
  const sum = (show: LayerShow | undefined) => sumFiles(files.filter((file) => matchesShow(file, show)));
  const hidden = files.filter((file) => matchesShow(file, "hidden"));
  return {
    all: { count: files.length, bytes: sum(undefined).bytes },
    added: sum("added"),
    changed: sum("changed"),
    same: sum("same"),
    removed: sum("removed"),
    hidden: { ...sumFiles(hidden), bytes: hidden.reduce((total, { hiddenBytes }) => total + hiddenBytes, 0) },
    hiding: listHiding(hidden),
  };
}

function sumFiles(files: readonly LayerFile[]): FileSum {
  const counted = files.filter(({ kind }) => kind !== EntryKind.directory);
  return { count: counted.length, bytes: counted.reduce((total, { bytes }) => total + bytes, 0) };
}

function listHiding(hidden: readonly LayerFile[]): HidingLayer[] {
  const layers = new Map<number, { count: number; bytes: number }>();
  for (const { hiddenBy, hiddenBytes, kind } of hidden) {
    if (kind === EntryKind.directory) continue;
    const sum = layers.get(hiddenBy) ?? { count: 0, bytes: 0 };
    layers.set(hiddenBy, { count: sum.count + 1, bytes: sum.bytes + hiddenBytes });
  }
  return [...layers]
    .map(([layer, sum]) => ({ layer, ...sum }))
    .sort((a, b) => b.bytes - a.bytes || b.count - a.count || a.layer - b.layer);
}
