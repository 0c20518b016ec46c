import type { LineageImage, UpperLayer } from "#lib/model/lineage.ts";
import { barAxis } from "../bar-axis.ts";

/** Rows drawn of one family. */
export const MAX_FAMILY_ROWS = 24;
/** Layers of one image above its base that are drawn one by one; more are one block. */
export const MAX_DRAWN_LAYERS = 24;

/**
 * A layer in the picture. `again`: another image has the same layer on different layers below, so that a disk stores both. `below`:
 * what an image shares with a base that is not as a whole in it, and is drawn there.
 */
export type LayerLook = "shared" | "only" | "again" | "below";

/** A block of a family's picture. Horizontal places are parts of the axis, at whose end it is cut; vertical ones are rows. */
export interface PlacedLayer {
  readonly look: LayerLook;
  /** `sha256:…`; of several layers the uppermost. */
  readonly diffId: string;
  readonly layerCount: number;
  readonly bytes: number;
  readonly x: number;
  readonly width: number;
  readonly row: number;
  readonly rowCount: number;
  /** Images that continue from it, drawn or not; itself included. */
  readonly imageCount: number;
}

export interface PlacedRow {
  readonly image: LineageImage;
  /** Bytes of its column, and where it ends: 1 where it is cut. */
  readonly bytes: number;
  readonly end: number;
  readonly isCut: boolean;
}

export interface PlacedFamily {
  readonly root: LineageImage;
  readonly rows: readonly PlacedRow[];
  readonly layers: readonly PlacedLayer[];
  /** Images of the family that are not drawn. */
  readonly hiddenCount: number;
  /** Bytes if every image is stored alone, and if each layer is stored once for all images with the same layers below. */
  readonly unshared: number;
  readonly stored: number;
}

/** A row before it is placed. */
interface Row {
  readonly image: LineageImage;
  /** The row that it continues; -1 for one that begins at the left. */
  readonly parent: number;
  /** Bytes below and at its end. */
  readonly start: number;
  readonly end: number;
}

const bytesOf = ({ contentSize, downloadSize }: UpperLayer): number => contentSize ?? downloadSize ?? 0;
const sumOf = (layers: readonly UpperLayer[]): number => layers.reduce((sum, layer) => sum + bytesOf(layer), 0);

/**
 * The families with these roots as icicles of lying columns, all on one axis, which one huge image does not flatten. `images`: all images,
 * for what they have in common.
 */
export function placeFamilies(images: readonly LineageImage[], roots: readonly LineageImage[]): PlacedFamily[] {
  const children = Map.groupBy(images, ({ base }) => base);
  const uses = countUses(images);
  const families = roots.map((root) => ({ root, rows: listRows(root, children) }));
  const axis = barAxis(families.flatMap(({ rows }) => rows.slice(0, MAX_FAMILY_ROWS).map(({ end }) => end))).end;
  return families.map(({ root, rows }) => ({
    root,
    rows: rows.slice(0, MAX_FAMILY_ROWS).map(({ image, end }) => ({
      image,
      bytes: end,
      end: Math.min(1, end / axis),
      isCut: end > axis,
    })),
    layers: placeLayers(rows, uses, axis),
    hiddenCount: Math.max(0, rows.length - MAX_FAMILY_ROWS),
    unshared: rows.reduce((sum, { end }) => sum + end, 0),
    stored: rows.reduce((sum, { image }) => sum + sumOf(image.upper), 0),
  }));
}

interface Uses {
  /** Images that have a layer on the same layers below. */
  readonly byChain: ReadonlyMap<string, number>;
  /** Different stacks of layers below it. */
  readonly stacks: ReadonlyMap<string, number>;
}

/** Of layers above bases: those below belong to the base, and to every image on it. */
function countUses(images: readonly LineageImage[]): Uses {
  const byChain = new Map<string, number>();
  const stacks = new Map<string, number>();
  for (const { upper, imageCount } of images) {
    for (const { chainId, diffId } of upper) {
      if (!byChain.has(chainId)) stacks.set(diffId, (stacks.get(diffId) ?? 0) + 1);
      byChain.set(chainId, (byChain.get(chainId) ?? 0) + 1 + imageCount);
    }
  }
  return { byChain, stacks };
}

/** Images that contain their base as a whole continue its column; others follow at the end, and begin at the left. */
function listRows(root: LineageImage, children: ReadonlyMap<string | null, readonly LineageImage[]>): Row[] {
  const rows: Row[] = [];
  const others: LineageImage[] = [];
  const stack: Omit<Row, "end">[] = [{ image: root, parent: -1, start: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { image, start } = next;
    const end = start + sumOf(image.upper);
    const parent = rows.push({ ...next, end }) - 1;
    const above = children.get(image.id)?.toSorted(compareChildren) ?? [];
    const [whole, partial] = [
      above.filter((each) => isWhole(each, image)),
      above.filter((each) => !isWhole(each, image)),
    ];
    others.push(...partial);
    stack.push(...whole.map((each) => ({ image: each, parent, start: end })).reverse());
    if (stack.length === 0 && others.length > 0) {
      const other = others.shift()!;
      stack.push({ image: other, parent: -1, start: other.sharedBytes ?? 0 });
    }
  }
  return rows;
}

function isWhole({ sharedLayers }: LineageImage, base: LineageImage): boolean {
  return sharedLayers === base.layerCount;
}

/** The largest first. */
function compareChildren(a: LineageImage, b: LineageImage): number {
  return sumOf(b.upper) - sumOf(a.upper) || (a.name < b.name ? -1 : 1);
}

function placeLayers(rows: readonly Row[], uses: Uses, axis: number): PlacedLayer[] {
  const last = rows.map((_, i) => i);
  for (const [i, { parent }] of [...rows.entries()].reverse())
    if (parent !== -1) last[parent] = Math.max(last[parent]!, last[i]!);
  return rows.slice(0, MAX_FAMILY_ROWS).flatMap((row, i) => {
    const imageCount = last[i]! - i + 1;
    const place = { row: i, rowCount: Math.min(last[i]!, MAX_FAMILY_ROWS - 1) - i + 1, imageCount };
    const below = row.parent === -1 && row.start > 0 ? [placeBelow(row, axis)] : [];
    return [...below, ...placeOwn(row, uses, axis)].map((layer) => ({ ...cutAtEnd(layer), ...place }));
  });
}

/** A block that ends, or begins, beyond the axis. */
function cutAtEnd(layer: Unplaced): Unplaced {
  if (layer.x + layer.width <= 1) return layer;
  const x = Math.min(1, layer.x);
  return { ...layer, x, width: Math.min(layer.width, 1 - x) };
}

type Unplaced = Omit<PlacedLayer, "row" | "rowCount" | "imageCount">;

function placeBelow({ image, start }: Row, axis: number): Unplaced {
  return { look: "below", diffId: "", layerCount: image.sharedLayers, bytes: start, x: 0, width: start / axis };
}

function placeOwn({ image, start }: Row, uses: Uses, axis: number): Unplaced[] {
  let at = start;
  const { upper } = image;
  const groups = upper.length > MAX_DRAWN_LAYERS ? [upper] : upper.map((layer) => [layer]);
  return groups.map((layers) => {
    const bytes = sumOf(layers);
    const top = layers.at(-1)!;
    const x = at / axis;
    at += bytes;
    return { look: lookOf(top, uses), diffId: top.diffId, layerCount: layers.length, bytes, x, width: bytes / axis };
  });
}

function lookOf({ chainId, diffId }: UpperLayer, { byChain, stacks }: Uses): LayerLook {
  if (stacks.get(diffId)! > 1) return "again";
  return byChain.get(chainId)! > 1 ? "shared" : "only";
}
