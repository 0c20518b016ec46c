/**
 * Ranks in which no column is taller than `rows`: a taller one is split into several adjacent ones, each with a run of its order.
 * Otherwise three hundred packages named by one root would be one column of three hundred.
 */
export function wrapRanks(rank: Int32Array, order: Int32Array, rows: number): Int32Array {
  const height = new Map<number, number>();
  for (const r of rank) height.set(r, (height.get(r) ?? 0) + 1);
  let width = 1;
  for (const count of height.values()) width = Math.max(width, Math.ceil(count / rows));
  return rank.map((r, node) => r * width + Math.floor(order[node]! / evenRows(height.get(r)!, rows)));
}

/** Rows of each part of a column: as even as possible, so that no part is a stump. */
function evenRows(count: number, rows: number): number {
  return Math.ceil(count / Math.ceil(count / rows));
}
