/** Something that wants a label at a height. */
export interface Labelled {
  /** Where the middle of its label should be. */
  readonly middle: number;
  /** Where there is no room for all, the heaviest have labels. */
  readonly weight: number;
}

export interface PlacedLabel {
  /** Position in the list given. */
  readonly index: number;
  readonly top: number;
}

export interface LabelRoom {
  readonly space: number;
  /** Of one label. */
  readonly height: number;
  /** How far from its own place a label may stand; one that others would push farther is left out. */
  readonly reach?: number;
}

/**
 * Labels of one height in a space, none over another, from the top down: the heaviest first, each that finds room within
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
 * Labels side by side as near to their middles as they can be: those that would overlap become a cluster around their mean,
 * and clusters that meet become one (the pool-adjacent-violators way of isotonic regression).
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

/** The top of a cluster is the mean of what its labels want of it, inside the space. */
function toCluster(wanted: readonly Labelled[], indexes: readonly number[], space: number, height: number): Cluster {
  const sum = indexes.reduce((total, index, i) => total + wanted[index]!.middle - height / 2 - i * height, 0);
  const top = Math.min(space - indexes.length * height, Math.max(0, sum / indexes.length));
  return { indexes, top };
}
