/** How much fuller than an equal share a column may become. */
const SLACK = 1.15;

/**
 * At most `most` columns of consecutive ranks: the first rank of each column, ascending. The first filled rank, where the roots are,
 * is a column of its own; the others are cut where the numbers of nodes are about equal. `counts`: nodes by rank. Empty ranks belong
 * to the column before them. O(ranks).
 */
export function cutRanks(counts: ArrayLike<number>, most: number): number[] {
  const filled = Array.from(counts, (count, rank) => ({ count, rank })).filter(({ count }) => count > 0);
  if (filled.length <= most) return filled.map(({ rank }) => rank);
  const starts: number[] = [];
  let left = filled.reduce((sum, { count }) => sum + count, 0);
  let inColumn = 0;
  let share = 0;
  filled.forEach(({ count, rank }, i) => {
    const columnsLeft = most - starts.length;
    const fits = starts.length > 1 && inColumn + count <= SLACK * share && filled.length - i > columnsLeft;
    if (columnsLeft > 0 && !fits) {
      starts.push(rank);
      share = left / columnsLeft;
      inColumn = 0;
    }
    inColumn += count;
    left -= count;
  });
  return starts;
}
