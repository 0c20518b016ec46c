import type { KeptPart } from "#lib/model/kept-tree.ts";
import { type NestedPart, type PlacedRectangle, placeNested, type Space } from "../nested-treemap.ts";

export type PlacedPart = PlacedRectangle<KeptPart>;

/** A side shorter than this is not drawn. */
const MIN_SIDE = 2;

/** Parts as nested rectangles, area by size. The number of parts is bounded by the answer. */
export function placeTreemap(parts: readonly KeptPart[], space: Space): PlacedPart[] {
  return placeNested(parts.map(toNested), space);
}

/** Largest first; the node itself before its parts, and smaller ones after them. */
function toNested(part: KeptPart): NestedPart<KeptPart> {
  const rank = part.type === "self" ? 0 : part.type === "others" ? 2 : 1;
  return { part, key: partKey(part), size: part.size, rank, inside: part.parts.map(toNested) };
}

export interface IcicleSpace {
  readonly width: number;
  /** Height of one level. */
  readonly row: number;
}

/** Parts as rows of levels, width by size, each below the part that it is in; the node itself comes first. */
export function placeIcicle(parts: readonly KeptPart[], { width, row }: IcicleSpace): PlacedPart[] {
  const placed: PlacedPart[] = [];
  const whole = parts.reduce((sum, { size }) => sum + size, 0);
  const scale = whole === 0 ? 0 : width / whole;
  let level: { readonly parts: readonly KeptPart[]; readonly x: number; readonly key: string }[] = [
    { parts, x: 0, key: "" },
  ];
  for (let depth = 1; level.length > 0; depth++) {
    const below: typeof level = [];
    for (const group of level) {
      let x = group.x;
      for (const part of group.parts) {
        const box = { x, y: (depth - 1) * row, width: part.size * scale, height: row };
        const key = `${group.key}/${partKey(part)}`;
        x += box.width;
        if (box.width < MIN_SIDE) continue;
        placed.push({ part, depth, key, ...box });
        if (part.parts.length > 0) below.push({ parts: part.parts, x: box.x, key });
      }
    }
    level = below;
  }
  return placed;
}

function partKey(part: KeptPart): string {
  if (part.type === "others") return `others ${part.from}`;
  return part.type === "family" ? `family ${part.node.nodeIndex}` : `${part.type} ${part.node.nodeIndex}`;
}
