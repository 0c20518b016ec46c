import type { DrawnColumn, DrawnStratum } from "#components/charts/correlation.tsx";
import type { LikeBand } from "#components/charts/correlation-geometry.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { layerColour, nameColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { tidyCreatedBy } from "#lib/display/created-by.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES } from "#lib/display/sides.ts";
import type { ArtifactLabel, ComponentChange, DiffAnswer, LayerLikeness, OverlapAnswer } from "#lib/model/answer.ts";

/** Strata a closure's column is drawn with, at most; the smaller items are one more. */
const CLOSURE_STRATA = 40;
const LONGEST_COMMAND = 80;

/** The artifacts' layers as columns: a layer that several of them have keeps its rock, one of only one is grey. */
export function layerColumns(artifacts: readonly ArtifactLabel[]): DrawnColumn[] {
  const holders = new Map<string, number>();
  for (const { layers } of artifacts)
    for (const diffId of new Set(layers.map((layer) => layer.diffId)))
      holders.set(diffId, (holders.get(diffId) ?? 0) + 1);
  return artifacts.map(({ layers, byteCount, kind, digest }) => ({
    bytes: byteCount,
    strata:
      kind === "closure"
        ? [plainStratum(digest, byteCount)]
        : layers.map(({ diffId, chainId, contentSize, wastedSize, createdBy }, position) => {
            const shared = (holders.get(diffId) ?? 0) > 1;
            return {
              key: diffId,
              place: chainId,
              bytes: contentSize,
              wasted: wastedSize,
              colour: shared ? layerColour(diffId) : uniqueLayerColour(position),
              title: layerTitle(position, contentSize, wastedSize, createdBy),
            };
          }),
  }));
}

function plainStratum(key: string, bytes: number): DrawnStratum {
  const title = `Store items, ${formatBytes(bytes)}`;
  return { key, place: key, bytes, wasted: 0, colour: uniqueLayerColour(0), title };
}

function layerTitle(position: number, contentSize: number, wastedSize: number, createdBy: string): string {
  const made = labelText(tidyCreatedBy(createdBy));
  const command = made.length > LONGEST_COMMAND ? `${made.slice(0, LONGEST_COMMAND - 1)}…` : made;
  const wasted = wastedSize > 0 ? `, ${formatBytes(wastedSize)} wasted` : "";
  return `Layer ${position}: ${formatBytes(contentSize)}${wasted}${command === "" ? "" : ` · ${command}`}`;
}

/**
 * Two artifacts as columns: layers for an image, store items for a closure; one block for a closure whose files an image
 * has too. What only one side has takes that side's colour.
 */
export function diffColumns(answer: DiffAnswer): DrawnColumn[] {
  const { artifacts, components } = answer;
  const blocks = hasBlocks(answer);
  return colourSides(layerColumns(artifacts)).map((column, i) =>
    artifacts[i]!.kind === "image" || blocks
      ? column
      : { bytes: column.bytes, strata: itemStrata(components, i === 0 ? "left" : "right") },
  );
}

export type LikeColumns = Pick<OverlapAnswer, "artifacts" | "likeness">;

/**
 * Whether closures are drawn as one block each: where an image beside one has files of it, strata must be what likeness
 * counts, a closure being one. Else they are divided, and whatever divides them says what they have in common.
 */
function hasBlocks({ artifacts, likeness = [] }: LikeColumns): boolean {
  return likeness.some(
    ({ left, right, bands }) => bands.length > 0 && artifacts[left]!.kind !== artifacts[right]!.kind,
  );
}

/** Of two columns: what only one has in the colour of its side. */
function colourSides(columns: readonly DrawnColumn[]): DrawnColumn[] {
  const keys = columns.map(({ strata }) => new Set(strata.map(({ key }) => key)));
  return columns.map((column, i) => ({
    ...column,
    strata: column.strata.map((stratum, position) =>
      keys[1 - i]!.has(stratum.key)
        ? stratum
        : { ...stratum, colour: sideColour(i === 0 ? "left" : "right", position) },
    ),
  }));
}

/** A side's colour, a little paler on every other layer so that neighbours can be told apart. */
function sideColour(side: "left" | "right", position: number): string {
  const { colour } = SIDES[side];
  return position % 2 === 0 ? colour : `color-mix(in oklab, ${colour}, var(--ground) 28%)`;
}

/** The items of one closure of two: what both have at the bottom, then what changed, then what only it has; each group the largest lowest. */
function itemStrata(components: readonly ComponentChange[], side: "left" | "right"): DrawnStratum[] {
  const own = components.filter((row) => row[side] !== null);
  const strata = (["same", "changed", side === "left" ? "removed" : "added"] as const).flatMap((change) => {
    const rows = own.filter((row) => row.change === change).sort((a, b) => b[side]!.bytes - a[side]!.bytes);
    const large = rows.slice(0, CLOSURE_STRATA / 2).map((row) => itemStratum(row, side));
    const small = rows.slice(CLOSURE_STRATA / 2);
    return small.length === 0 ? large : [...large, smallerItems(small, side, change)];
  });
  return strata;
}

function itemStratum(row: ComponentChange, side: "left" | "right"): DrawnStratum {
  const { id, bytes, version } = row[side]!;
  const { key, colour } = joinOf(row.change, side, id);
  const named = labelText(version === "" ? row.name : `${row.name} ${version}`);
  return { key, place: key, bytes, wasted: 0, colour, title: `${formatBytes(bytes)}, ${row.change} · ${named}` };
}

function smallerItems(rows: readonly ComponentChange[], side: "left" | "right", change: Change): DrawnStratum {
  const bytes = rows.reduce((sum, row) => sum + row[side]!.bytes, 0);
  const { key, colour } = joinOf(change, side, "smaller items");
  const title = `${formatBytes(bytes)}, ${change} · ${formatCounted(rows.length, "smaller item")}`;
  return { key, place: key, bytes, wasted: 0, colour, title };
}

type Change = ComponentChange["change"];

/** Only what is the same on both sides is joined: a store keeps it once, wherever it stands. */
function joinOf(change: Change, side: "left" | "right", id: string): Pick<DrawnStratum, "key" | "colour"> {
  if (change === "same") return { key: id, colour: SIDES.both.colour };
  if (change === "changed") return { key: `${side} ${id}`, colour: SIDES.changed.colour };
  return { key: `${side} ${id}`, colour: SIDES[side].colour };
}

/**
 * Artifacts of an overlap as columns: layers for images; closures divided into the overlap's cells, what most have in
 * common lowest, but one block each where an image beside one has files of it.
 */
export function overlapColumns(answer: LikeColumns & Pick<OverlapAnswer, "cells">): DrawnColumn[] {
  const { artifacts, cells } = answer;
  const blocks = hasBlocks(answer);
  const columns = layerColumns(artifacts).map((column, i) =>
    artifacts[i]!.kind === "image" || blocks
      ? column
      : { bytes: column.bytes, strata: cellStrata(i, artifacts, cells) },
  );
  return columns.length === 2 ? colourSides(columns) : columns;
}

function cellStrata(
  artifact: number,
  artifacts: readonly ArtifactLabel[],
  cells: OverlapAnswer["cells"],
): DrawnStratum[] {
  const own = cells.filter((cell) => cell.in.includes(artifact) && cell.bytes > 0);
  const order = own.toSorted((a, b) => b.in.length - a.in.length || b.bytes - a.bytes);
  return order.slice(0, CLOSURE_STRATA).map(({ in: holders, bytes, units }, i) => {
    const key = holders.join(".");
    const who =
      holders.length === 1 ? "only here" : `in ${holders.map((holder) => artifacts[holder]!.name).join(", ")}`;
    return {
      key,
      place: key,
      bytes,
      wasted: 0,
      colour: holders.length === 1 ? uniqueLayerColour(i) : nameColour(key),
      title: `${formatCounted(units, "item")}, ${formatBytes(bytes)}, ${labelText(who)}`,
    };
  });
}

/** The likeness that a picture shows: of closures divided into what they have in common it would say nothing new. */
export function drawnLikeness(answer: LikeColumns): LayerLikeness[] {
  const { artifacts, likeness = [] } = answer;
  const blocks = hasBlocks(answer);
  return likeness.filter(
    ({ left, right }) => blocks || artifacts[left]!.kind === "image" || artifacts[right]!.kind === "image",
  );
}

/** The likeness of neighbours as the picture takes it. */
export function likeBands(answer: LikeColumns): LikeBand[] {
  return drawnLikeness(answer).flatMap(({ left, bands }) => bands.map((band) => ({ column: left, ...band })));
}
