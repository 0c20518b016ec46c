import type { NaiveGraph } from "../builders/graphs.ts";

/**
 * The fewest edges that keep a target: one path after the other over edges that are free, or back over ones in use (Ford, Fulkerson
 * 1956). Units of room by the ends of an edge, without any array of the product's.
 */
export function naiveCutSize({ edges }: NaiveGraph, starts: readonly number[], target: number): number {
  const room = new Map<number, Map<number, number>>();
  const add = (from: number, to: number, units: number) => {
    const row = room.get(from) ?? new Map<number, number>();
    room.set(from, row.set(to, (row.get(to) ?? 0) + units));
  };
  for (const edge of new Map(edges.map((each) => [each.join(), each])).values()) add(edge[0], edge[1], 1);
  let size = 0;
  for (let path = findPath(room, starts, target); path !== undefined; path = findPath(room, starts, target)) {
    size++;
    for (const [from, to] of path) {
      add(from, to, -1);
      add(to, from, 1);
    }
  }
  return size;
}

function findPath(
  room: ReadonlyMap<number, ReadonlyMap<number, number>>,
  starts: readonly number[],
  target: number,
): [number, number][] | undefined {
  const before = new Map<number, number>(starts.map((start) => [start, -1]));
  // A map iterates over what is added on the way.
  for (const node of before.keys()) {
    for (const [to, units] of room.get(node) ?? []) if (units > 0 && !before.has(to)) before.set(to, node);
  }
  if (!before.has(target)) return undefined;
  const path: [number, number][] = [];
  for (let at = target; before.get(at)! >= 0; at = before.get(at)!) path.push([before.get(at)!, at]);
  return path;
}
