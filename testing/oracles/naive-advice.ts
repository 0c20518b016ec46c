/** A body as the oracle sees it: the classes (bits) that claim it, and its content. */
export interface NaiveBody {
  readonly mask: number;
  readonly content: number;
  readonly bytes: number;
}

/**
 * Bytes left after really removing: first all bodies of the selected classes, then, if duplicates are selected, all but one of
 * those that are still equal.
 */
export function naiveRest(bodies: readonly NaiveBody[], classes: number, duplicates: boolean): number {
  const left = bodies.filter(({ mask }) => (mask & classes) === 0);
  const kept = duplicates ? [...new Map(left.map((body) => [body.content, body])).values()] : left;
  return kept.reduce((sum, { bytes }) => sum + bytes, 0);
}
