/** A target for a label at a height. */
export interface Labelled {
  /** Preferred middle of its label. */
  readonly middle: number;
  /** If there is not room for all, the heaviest have labels. */
  readonly weight: number;
}

export interface PlacedLabel {
  /** Position in the given list. */
  readonly index: number;
  readonly top: number;
}

export interface LabelRoom {
  readonly space: number;
  /** Height of one label. */
  readonly height: number;
  /** Maximum distance of a label from its preferred place; one pushed farther is left out. */
  readonly reach?: number;
}

/**
 * Labels of one height in a space, without overlap, from the top down: the heaviest first, each that fits within
 * its reach and leaves the heavier ones within theirs.
 */
export function placeLabels(wanted: readonly Labelled[], room: LabelRoom): PlacedLabel[] {
  const { space, height, reach = Number.POSITIVE_INFINITY } = room;
  const most = Math.floor(space / height);
  const heaviest = [...wanted.keys()]
    .filter((index) => wanted[index]!.weight > 0)
    .sort((a, b) => wanted[b]!.weight - wanted[a]!.weight);
  let placed: PlacedLabel[] = [];
  for (const index of heaviest) {
    if (placed.length === most) break;
    const next = settle(wanted, [...placed.map((label) => label.index), index], space, height);
    if (next.every((label) => Math.abs(label.top + height / 2 - wanted[label.index]!.middle) <= reach)) placed = next;
  }
  return placed;
}

interface Cluster {
  readonly indexes: readonly number[];
  readonly top: number;
}

/**
 * Labels side by side as near to their middles as possible: overlapping ones become a cluster around their mean,
 * and clusters that meet are merged (the pool-adjacent-violators algorithm of isotonic regression).
 */
function settle(wanted: readonly Labelled[], indexes: readonly number[], space: number, height: number): PlacedLabel[] {
  const clusters: Cluster[] = [];
  for (const index of indexes.toSorted((a, b) => wanted[a]!.middle - wanted[b]!.middle || a - b)) {
    let cluster = toCluster(wanted, [index], space, height);
    for (
      let above = clusters.at(-1);
      above !== undefined && endOf(above, height) > cluster.top;
      above = clusters.at(-1)
    ) {
      clusters.pop();
      cluster = toCluster(wanted, [...above.indexes, ...cluster.indexes], space, height);
    }
    clusters.push(cluster);
  }
  return clusters.flatMap((cluster) => cluster.indexes.map((index, i) => ({ index, top: cluster.top + i * height })));
}

function endOf({ indexes, top }: Cluster, height: number): number {
  return top + indexes.length * height;
}

/** The top of a cluster is the mean of its labels' preferred tops, inside the space. */
function toCluster(wanted: readonly Labelled[], indexes: readonly number[], space: number, height: number): Cluster {
  const sum = indexes.reduce((total, index, i) => total + wanted[index]!.middle - height / 2 - i * height, 0);
  const top = Math.min(space - indexes.length * height, Math.max(0, sum / indexes.length));
  return { indexes, top };
}
