import type { PlacedEdge, PlacedOverview } from "./placed.ts";

type Turned = Pick<PlacedOverview, "turned">;

const round = (value: number) => Math.round(value * 10) / 10;

/** A point along the steps and across them. */
export function point({ turned }: Turned, along: number, across: number): string {
  return turned ? `${round(across)} ${round(along)}` : `${round(along)} ${round(across)}`;
}

/** A curve between two layers: it leaves and arrives in the direction of the steps. */
export function curve(
  turned: Turned,
  [a0, b0]: readonly [number, number],
  [a1, b1]: readonly [number, number],
): string {
  const start = `M${point(turned, a0, b0)}`;
  if (Math.abs(b0 - b1) < 0.05) return `${start}L${point(turned, a1, b1)}`;
  const middle = (a0 + a1) / 2;
  return `${start}C${point(turned, middle, b0)} ${point(turned, middle, b1)} ${point(turned, a1, b1)}`;
}

/** One edge as it is drawn: through the lanes of its target, as a bow within a layer, or straight if it is not drawn otherwise. */
export function edgePath(placed: PlacedOverview, { from, to, drawn }: PlacedEdge): string {
  const [source, target] = [placed.boxes[from]!, placed.boxes[to]!];
  const across = ({ x, y, width, height }: typeof source) => (placed.turned ? x + width / 2 : y + height / 2);
  if (drawn === "bow") return bow(placed, source, target, false);
  const startOf = (box: typeof source) => (placed.turned ? box.y : box.x);
  const endOf = (box: typeof source) => (placed.turned ? box.y + box.height : box.x + box.width);
  if (drawn === "follows") return curve(placed, [endOf(source), across(source)], [startOf(target), across(target)]);
  const [first = 0, ...lanes] = placed.lanes[to] ?? [];
  let at: [number, number] = [endOf(source), across(source)];
  let path = "";
  for (let layer = source.layer + 1; layer <= target.layer; layer++) {
    const level = layer === target.layer ? across(target) : lanes[layer - first]!;
    const [start, end] = placed.layers[layer]!;
    path += curve(placed, at, [layer === target.layer ? startOf(target) : start, level]);
    if (layer < target.layer) path += `L${point(placed, end, level)}`;
    at = [end, level];
  }
  return path;
}

interface BowEnd {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const MAX_BULGE = 13;

/** Between two boxes of one layer: after them for a cycle, before them otherwise. */
export function bow(turned: Turned, from: BowEnd, to: BowEnd, after: boolean): string {
  const middle = (box: BowEnd) => (turned.turned ? box.x + box.width / 2 : box.y + box.height / 2);
  const edge = (box: BowEnd) => {
    if (turned.turned) return after ? box.y + box.height : box.y;
    return after ? box.x + box.width : box.x;
  };
  const bulge = Math.min(MAX_BULGE, 5 + Math.abs(middle(from) - middle(to)) / 12) * (after ? 1 : -1);
  const [a, b] = [point(turned, edge(from), middle(from)), point(turned, edge(to), middle(to))];
  const c = point(turned, edge(from) + bulge * 1.35, middle(from));
  const d = point(turned, edge(to) + bulge * 1.35, middle(to));
  return `M${a}C${c} ${d} ${b}`;
}
