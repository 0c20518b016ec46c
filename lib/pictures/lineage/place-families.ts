import type { LineageImage, UpperLayer } from "#lib/model/lineage.ts";

/** Rows drawn of one family. */
export const MAX_FAMILY_ROWS = 40;
/** Layers of one image above its base that are drawn one by one; more are one block. */
export const MAX_DRAWN_LAYERS = 24;

/**
 * A layer in the picture. `again`: another image has the same layer on different layers below, so that a disk stores both. `below`:
 * what an image shares with a base that is not as a whole in it, and is drawn there.
 */
export type LayerLook = "shared" | "only" | "again" | "below";

/** A block of a family's picture. Horizontal places are parts of the scale, vertical ones rows. */
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
}

export interface PlacedRow {
  readonly image: LineageImage;
  /** Where its column ends. */
  readonly end: number;
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

/** A row before it is drawn to scale. */
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

/** The families with these roots as icicles of lying columns, all on one scale. `images`: all images, for what they have in common. */
export function placeFamilies(images: readonly LineageImage[], roots: readonly LineageImage[]): PlacedFamily[] {
  const children = Map.groupBy(images, ({ base }) => base);
  const uses = countUses(images);
  const families = roots.map((root) => ({ root, ...listRows(root, children) }));
  const scale = Math.max(1, ...families.flatMap(({ rows }) => rows.map(({ end }) => end)));
  return families.map(({ root, rows, hiddenCount }) => ({
    root,
    rows: rows.map(({ image, end }) => ({ image, end: end / scale })),
    layers: placeLayers(rows, uses, scale),
    hiddenCount,
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
function listRows(root: LineageImage, children: ReadonlyMap<string | null, readonly LineageImage[]>) {
  const rows: Row[] = [];
  const others: LineageImage[] = [];
  let hiddenCount = 0;
  const stack: { readonly image: LineageImage; readonly parent: number; readonly start: number }[] = [
    { image: root, parent: -1, start: 0 },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { image, start } = next;
    const end = start + sumOf(image.upper);
    if (rows.length === MAX_FAMILY_ROWS) hiddenCount++;
    else rows.push({ ...next, end });
    const above = children.get(image.id)?.toSorted(compareChildren) ?? [];
    const [whole, partial] = [
      above.filter((each) => isWhole(each, image)),
      above.filter((each) => !isWhole(each, image)),
    ];
    others.push(...partial);
    stack.push(...whole.map((each) => ({ image: each, parent: rows.length - 1, start: end })).reverse());
    if (stack.length === 0 && others.length > 0) {
      const other = others.shift()!;
      stack.push({ image: other, parent: -1, start: other.sharedBytes ?? 0 });
    }
  }
  return { rows, hiddenCount };
}

function isWhole({ sharedLayers }: LineageImage, base: LineageImage): boolean {
  return sharedLayers === base.layerCount;
}

/** The largest first. */
function compareChildren(a: LineageImage, b: LineageImage): number {
  return sumOf(b.upper) - sumOf(a.upper) || (a.name < b.name ? -1 : 1);
}

function placeLayers(rows: readonly Row[], uses: Uses, scale: number): PlacedLayer[] {
  const last = rows.map((_, i) => i);
  for (const [i, { parent }] of [...rows.entries()].reverse())
    if (parent !== -1) last[parent] = Math.max(last[parent]!, last[i]!);
  return rows.flatMap((row, i) => {
    const place = { row: i, rowCount: last[i]! - i + 1 };
    const below = row.parent === -1 && row.start > 0 ? [placeBelow(row, scale)] : [];
    return [...below, ...placeOwn(row, uses, scale)].map((layer) => ({ ...layer, ...place }));
  });
}

type Unplaced = Omit<PlacedLayer, "row" | "rowCount">;

function placeBelow({ image, start }: Row, scale: number): Unplaced {
  return { look: "below", diffId: "", layerCount: image.sharedLayers, bytes: start, x: 0, width: start / scale };
}

function placeOwn({ image, start }: Row, uses: Uses, scale: number): Unplaced[] {
  let at = start;
  const { upper } = image;
  const groups = upper.length > MAX_DRAWN_LAYERS ? [upper] : upper.map((layer) => [layer]);
  return groups.map((layers) => {
    const bytes = sumOf(layers);
    const top = layers.at(-1)!;
    const x = at / scale;
    at += bytes;
    return { look: lookOf(top, uses), diffId: top.diffId, layerCount: layers.length, bytes, x, width: bytes / scale };
  });
}

function lookOf({ chainId, diffId }: UpperLayer, { byChain, stacks }: Uses): LayerLook {
  if (stacks.get(diffId)! > 1) return "again";
  return byChain.get(chainId)! > 1 ? "shared" : "only";
}
