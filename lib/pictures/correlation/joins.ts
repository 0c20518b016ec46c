import { type Band, placeStrata } from "../strata.ts";

/** One stratum of a column, as joining needs it. Sizes in bytes. */
export interface JoinedStratum {
  /** Its identity: equal keys are the same content (a DiffID, a store path). */
  readonly key: string;
  /** Its place: equal places share it on a disk (a ChainID). */
  readonly place: string;
  readonly bytes: number;
}

export interface JoinedColumn {
  readonly bytes: number;
  /** Lowest first. */
  readonly strata: readonly JoinedStratum[];
}

/** Bytes that a stratum of one column shares with a stratum of the next, though they are not equal. */
export interface LikeBand {
  /** The left column; the right one is its neighbour. */
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/** `chain`: equal, in the same place. `moved`: equal, in another place. `like`: not equal, but with shared bytes. */
export type JoinKind = "chain" | "moved" | "like";

/** A band between two columns: at either end an edge from `top` to `bottom`. */
export interface Join {
  readonly kind: JoinKind;
  readonly from: JoinEnd;
  readonly to: JoinEnd;
  readonly bytes: number;
}

export interface JoinEnd {
  readonly column: number;
  readonly stratum: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlacedColumn {
  /** Distance of the column's top from that of the picture; all columns have one baseline. */
  readonly top: number;
  readonly height: number;
  /** For each stratum, from the top of the picture. */
  readonly bands: readonly Band[];
}

export interface Joined {
  readonly columns: readonly PlacedColumn[];
  /** In drawing order: the faintest first. */
  readonly joins: readonly Join[];
}

export interface JoinRequest {
  readonly columns: readonly JoinedColumn[];
  readonly likeness: readonly LikeBand[];
  /** Height of the largest column. */
  readonly height: number;
  /** Minimum height of a stratum that is not empty. */
  readonly minimum: number;
}

/** Maximum similarity bands between two neighbours; the smallest are left out. */
const MAX_LIKE = 24;
const MIN_COLUMN = 3;

/** Columns of strata on one scale and one baseline, and the bands that join shared content. */
export function joinColumns({ columns, likeness, height, minimum }: JoinRequest): Joined {
  const largest = Math.max(1, ...columns.map(({ bytes }) => bytes));
  const placed = columns.map(({ bytes, strata }) => {
    const own = bytes === 0 ? 0 : Math.max(MIN_COLUMN, (height * bytes) / largest);
    const top = height - own;
    const bands = placeStrata({ sizes: strata.map((stratum) => stratum.bytes), height: own, minimum });
    return { top, height: own, bands: bands.map((band) => ({ top: band.top + top, height: band.height })) };
  });
  const same = findJoins(columns).map(({ kind, from, to, bytes }) => ({
    kind,
    bytes,
    from: { ...from, ...edgeOf(placed, from) },
    to: { ...to, ...edgeOf(placed, to) },
  }));
  const order = { like: 0, moved: 1, chain: 2 };
  return {
    columns: placed,
    joins: [...placeLikeness(columns, placed, likeness), ...same].sort((a, b) => order[a.kind] - order[b.kind]),
  };
}

interface Place {
  readonly column: number;
  readonly stratum: number;
}

function edgeOf(placed: readonly PlacedColumn[], { column, stratum }: Place) {
  const { top, height } = placed[column]!.bands[stratum]!;
  return { top, bottom: top + height };
}

interface SameStrata {
  readonly kind: "chain" | "moved";
  readonly from: Place;
  readonly to: Place;
  readonly bytes: number;
}

/**
 * For each stratum the next column to the right that has it in the same place and, if a nearer one has it elsewhere,
 * that one too: what a disk shares stays visible past a column that does not take part.
 */
export function findJoins(columns: readonly JoinedColumn[]): SameStrata[] {
  const joins: SameStrata[] = [];
  for (const [column, { strata }] of columns.entries()) {
    for (const [stratum, { key, place, bytes }] of strata.entries()) {
      if (bytes === 0) continue;
      const from = { column, stratum };
      const chain = findNext(columns, column, (other) => other.key === key && other.place === place);
      const moved = findNext(columns, column, (other) => other.key === key && other.place !== place);
      if (chain !== undefined) joins.push({ kind: "chain", from, to: chain, bytes });
      if (moved !== undefined && (chain === undefined || moved.column < chain.column))
        joins.push({ kind: "moved", from, to: moved, bytes });
    }
  }
  return joins;
}

function findNext(
  columns: readonly JoinedColumn[],
  after: number,
  isIt: (stratum: JoinedStratum) => boolean,
): Place | undefined {
  for (let column = after + 1; column < columns.length; column++) {
    const stratum = columns[column]!.strata.findIndex(isIt);
    if (stratum !== -1) return { column, stratum };
  }
  return undefined;
}

/** Similarities stacked from the bottom of each stratum, thickness by their share of its bytes: ribbons cross if the order differs. */
function placeLikeness(
  columns: readonly JoinedColumn[],
  placed: readonly PlacedColumn[],
  likeness: readonly LikeBand[],
): Join[] {
  const joins: Join[] = [];
  for (const [column, bands] of Map.groupBy(likeness, (band) => band.column)) {
    const drawn = bands.toSorted((a, b) => b.bytes - a.bytes).slice(0, MAX_LIKE);
    const leftEdges = stackBands(drawn, columns[column], placed[column], "from", "to");
    const rightEdges = stackBands(drawn, columns[column + 1], placed[column + 1], "to", "from");
    for (const [i, { from, to, bytes }] of drawn.entries()) {
      const [left, right] = [leftEdges[i], rightEdges[i]];
      if (left === undefined || right === undefined) continue;
      joins.push({
        kind: "like",
        bytes,
        from: { column, stratum: from, ...left },
        to: { column: column + 1, stratum: to, ...right },
      });
    }
  }
  return joins;
}

function stackBands(
  bands: readonly LikeBand[],
  column: JoinedColumn | undefined,
  placed: PlacedColumn | undefined,
  end: "from" | "to",
  other: "from" | "to",
): ({ top: number; bottom: number } | undefined)[] {
  const edges: ({ top: number; bottom: number } | undefined)[] = new Array(bands.length).fill(undefined);
  const filled = new Map<number, number>();
  // Towards the lowest of the other column first, so that ribbons cross as little as possible.
  const order = [...bands.keys()].sort((a, b) => bands[a]![other] - bands[b]![other]);
  for (const i of order) {
    const stratum = bands[i]![end];
    const { bytes = 0 } = column?.strata[stratum] ?? {};
    const band = placed?.bands[stratum];
    if (band === undefined || bytes === 0) continue;
    const under = filled.get(stratum) ?? 0;
    const over = Math.min(bytes, under + bands[i]!.bytes);
    filled.set(stratum, over);
    const bottom = band.top + band.height;
    edges[i] = { top: bottom - (band.height * over) / bytes, bottom: bottom - (band.height * under) / bytes };
  }
  return edges;
}
