import { layerColour, ROCK_COUNT, rockShade, SHADE_COUNT } from "./colours.ts";

/** Lines over a colour: a second mark, for more layers than there are colours. */
const MARKS = [0, 90, -45].map((turn, i) =>
  i === 0 ? "" : `repeating-linear-gradient(${turn}deg, rgb(0 0 0 / 0.4) 0 1px, transparent 1px 4px), `,
);
const COLOUR_COUNT = ROCK_COUNT * SHADE_COUNT;
/** Layers with a look of their own. */
export const MAX_BACKGROUNDS = COLOUR_COUNT * MARKS.length;

/**
 * CSS backgrounds of the layers in view by DiffID, different ones as long as there are enough. `columns`: of each image the layers
 * that others have too, lowest first. Layers of most images choose first, and begin at the colour of their digest.
 */
export function layerBackgrounds(columns: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const neighbours = new Map<string, Set<string>>();
  for (const column of columns) {
    for (const diffId of new Set(column)) counts.set(diffId, (counts.get(diffId) ?? 0) + 1);
    for (const [i, diffId] of column.entries()) {
      const near = neighbours.get(diffId) ?? new Set();
      for (const other of [column[i - 1], column[i + 1]]) if (other !== undefined && other !== diffId) near.add(other);
      neighbours.set(diffId, near);
    }
  }
  const order = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
  const uses = new Array<number>(MAX_BACKGROUNDS).fill(0);
  const backgrounds = new Map<string, string>();
  for (const diffId of order) {
    const near = new Set([...neighbours.get(diffId)!].map((other) => backgrounds.get(other)));
    const looks = listLooks(diffId);
    const costs = looks.map((look, i) => (near.has(look.css) ? 1e9 : 0) + uses[look.index]! * 1e4 + i);
    const best = looks[costs.indexOf(Math.min(...costs))]!;
    uses[best.index]!++;
    backgrounds.set(diffId, best.css);
  }
  return backgrounds;
}

/** Every look, beginning with the colour of the digest: first all colours, then the same with marks. */
function listLooks(diffId: string): { index: number; css: string }[] {
  const own = layerColour(diffId);
  const colours = Array.from({ length: COLOUR_COUNT }, (_, i) => rockShade(i));
  const start = colours.indexOf(own);
  return MARKS.flatMap((mark, m) =>
    colours.map((_, i) => {
      const at = (start + i) % COLOUR_COUNT;
      return { index: m * COLOUR_COUNT + at, css: mark + colours[at]! };
    }),
  );
}
