import { formatBytes } from "#lib/display/bytes.ts";
import { uniqueLayerColour } from "#lib/display/colours.ts";
import type { Correlation, PictureStratum } from "./columns.ts";
import type { LikeBand } from "./joins.ts";

/** Maximum strata in one picture: each is several shapes and a tooltip. */
const MAX_STRATA = 1200;
/** Maximum in one column: as many layers as Docker allows. */
const MAX_COLUMN_STRATA = 127;
const MIN_STRATA = 16;

/** The same picture with the lowest layers of each too long column drawn as one, which stays joined to its equals. */
export function condenseColumns({ order, columns, likeness }: Correlation): Correlation {
  const share = Math.floor(MAX_STRATA / Math.max(1, columns.length));
  const max = Math.max(MIN_STRATA, Math.min(MAX_COLUMN_STRATA, share));
  const lowered = columns.map(({ strata }) => Math.max(0, strata.length - max));
  const bands = likeness.map(({ column, from, to, bytes }) => ({
    column,
    from: Math.max(0, from - lowered[column]!),
    to: Math.max(0, to - lowered[column + 1]!),
    bytes,
  }));
  return {
    order,
    columns: columns.map((column, i) => ({ ...column, strata: mergeLowest(column.strata, lowered[i]!) })),
    likeness: sumBands(bands),
  };
}

/** The lowest `count` + 1 strata as one, in the place of the highest of them: equal ChainIDs are equal all the way down. */
function mergeLowest(strata: readonly PictureStratum[], count: number): readonly PictureStratum[] {
  if (count === 0) return strata;
  const merged = strata.slice(0, count + 1);
  const sum = (sizeOf: (stratum: PictureStratum) => number) => merged.reduce((total, each) => total + sizeOf(each), 0);
  const { place } = merged.at(-1)!;
  const bytes = sum((stratum) => stratum.bytes);
  const title = `The lowest ${merged.length} layers, together ${formatBytes(bytes)}`;
  const wasted = sum((stratum) => stratum.wasted);
  return [{ key: place, place, bytes, wasted, colour: uniqueLayerColour(0), title }, ...strata.slice(count + 1)];
}

function sumBands(bands: readonly LikeBand[]): LikeBand[] {
  const groups = Map.groupBy(bands, ({ column, from, to }) => `${column} ${from} ${to}`);
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    bytes: group.reduce((total, { bytes }) => total + bytes, 0),
  }));
}
