import { createHash } from "node:crypto";
import { classify } from "./classify.ts";
import { fitLayers } from "./fit-layers.ts";
import { listImages } from "./image-sets.ts";
import type { ImageUnits } from "./image-units.ts";
import type { Placement } from "./place-groups.ts";
import { splitLayers } from "./split-layers.ts";
import type { UnitTable } from "./unit-table.ts";

/** A layer to be written. */
export interface CutLayer {
  /** What it is for, in words. */
  readonly name: string;
  /** Equal for layers of equal units, and so of equal bytes. */
  readonly key: string;
  /** Ascending. Directories are units of top layers only; others get those that their files need without attributes. */
  readonly units: Int32Array;
  /** Bytes of its files. */
  readonly bytes: number;
}

/** Images cut into layers. */
export interface LayerCut {
  /** Each once, whichever images have it. */
  readonly layers: readonly CutLayer[];
  /** For each image its layers, rows of `layers`, the lowest first. The last one has all its directories, if any has an entry. */
  readonly images: readonly Int32Array[];
}

/** What is cut. */
export interface CutInput {
  readonly images: readonly ImageUnits[];
  readonly table: UnitTable;
  readonly maxLayers: number;
}

/**
 * Cuts a set of images by what they share, so that together they have few bytes; layers that are left are given to the largest groups.
 * Layers of most images are the lowest: then images have long beginnings in common, which is what a disk shares.
 */
export function cutSet({ images, table, maxLayers }: CutInput, names: CutNames): LayerCut {
  const classes = classify(
    images.map(({ units }) => units),
    table.tarBytes(),
  );
  const family = fitLayers(classes.sets, classes.bytes, { imageCount: images.length, maxLayers });
  const unitsOf = listByClass(classes.classOf, classes.sets.length);
  const groupOf = findGroups(images, table.count);
  const members = [...family.shared, ...family.own].map(({ set, classes: rows }, at) => ({
    images: listImages(set),
    units: Map.groupBy(
      rows.flatMap((row) => unitsOf[row]!),
      (unit) => groupOf[unit]!,
    ),
    isTop: at >= family.shared.length,
  }));
  const split = splitLayers(
    members.map(({ units, ...layer }) => ({ ...layer, groups: sumGroups(units, table) })),
    family.counts,
    maxLayers,
  );
  const cut = new CutBuilder(table, images);
  for (const [at, member] of members.entries()) placeMember(cut, member, split[at]!, names);
  return cut.finish();
}

/** Names of the images and of the groups. */
export interface CutNames {
  readonly images: readonly string[];
  readonly groups: readonly string[];
}

interface SetMember {
  readonly images: readonly number[];
  /** By group. */
  readonly units: ReadonlyMap<number, readonly number[]>;
  readonly isTop: boolean;
}

function placeMember(
  cut: CutBuilder,
  { images, units, isTop }: SetMember,
  split: ReadonlySet<number>,
  names: CutNames,
) {
  const rest = [...units].filter(([group]) => !split.has(group)).flatMap(([, rows]) => rows);
  const whose =
    images.length === 1 ? "" : ` of ${images.length} images: ${images.map((at) => names.images[at]).join(", ")}`;
  const parts = [...split].map((group) => cut.add(`${names.groups[group]}${whose}`, units.get(group)!));
  if (!isTop && rest.length > 0) parts.unshift(cut.add(`files${whose}`, rest));
  for (const image of images) for (const part of parts) cut.place(image, part);
  if (isTop) cut.placeTop(images[0]!, rest);
}

/** The group of each unit, in the first image that has it; -1 for directories. */
export function findGroups(images: readonly ImageUnits[], unitCount: number): Int32Array {
  const groupOf = new Int32Array(unitCount).fill(-1);
  for (const { units, groups } of images) {
    for (const [at, unit] of units.entries()) if (groupOf[unit] === -1) groupOf[unit] = groups[at]!;
  }
  return groupOf;
}

function sumGroups(units: SetMember["units"], table: UnitTable): Map<number, number> {
  return new Map(
    [...units].map(([group, rows]) => [group, rows.reduce((sum, unit) => sum + table.bodyBytes(unit), 0)]),
  );
}

/** Cuts each image by group, as placed; what has no layer is on top. */
export function cutGroups({ images, table }: CutInput, groupNames: readonly string[], placement: Placement): LayerCut {
  const cut = new CutBuilder(table, images);
  const layerOf = groupNames.map((name) => placement.get(name)?.layer);
  const order = [...new Set(layerOf)].filter((layer) => layer !== undefined).sort();
  for (const [image, { units, groups }] of images.entries()) {
    const byLayer = Map.groupBy(units.keys(), (at) => layerOf[groups[at]!]);
    for (const layer of order) {
      const rows = byLayer.get(layer);
      if (rows === undefined) continue;
      const count = new Set(rows.map((at) => groups[at])).size;
      const name = count === 1 ? groupNames[groups[rows[0]!]!]! : `${layer}: ${count} components`;
      cut.place(
        image,
        cut.add(
          name,
          rows.map((at) => units[at]!),
        ),
      );
    }
    cut.placeTop(
      image,
      (byLayer.get(undefined) ?? []).map((at) => units[at]!),
    );
  }
  return cut.finish();
}

function listByClass(classOf: Int32Array, classCount: number): number[][] {
  const units = Array.from({ length: classCount }, (): number[] => []);
  for (const [unit, row] of classOf.entries()) if (row >= 0) units[row]!.push(unit);
  return units;
}

class CutBuilder {
  readonly #table: UnitTable;
  readonly #images: readonly ImageUnits[];
  readonly #layers: CutLayer[] = [];
  readonly #rows = new Map<string, number>();
  readonly #placed: number[][];

  constructor(table: UnitTable, images: readonly ImageUnits[]) {
    this.#table = table;
    this.#images = images;
    this.#placed = images.map(() => []);
  }

  /** The row of the layer with these units. */
  add(name: string, members: readonly number[]): number {
    const units = Int32Array.from(members).sort();
    const key = this.#keyOf(units);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const bytes = units.reduce((sum, unit) => sum + this.#table.bodyBytes(unit), 0);
    const row = this.#layers.push({ name, key, units, bytes }) - 1;
    this.#rows.set(key, row);
    return row;
  }

  #keyOf(units: Int32Array): string {
    const hash = createHash("sha256");
    const keys = Array.from(units, (unit) => this.#table.keyOf(unit)).sort();
    for (const key of keys) hash.update(key, "latin1");
    return hash.digest("hex");
  }

  place(image: number, layer: number): void {
    this.#placed[image]!.push(layer);
  }

  placeTop(image: number, units: readonly number[]): void {
    const { directories } = this.#images[image]!;
    if (units.length + directories.length === 0 && this.#placed[image]!.length > 0) return;
    const name = units.length === 0 ? "directories" : "own files and directories";
    this.place(image, this.add(name, [...units, ...directories]));
  }

  finish(): LayerCut {
    return { layers: this.#layers, images: this.#placed.map((rows) => Int32Array.from(rows)) };
  }
}
