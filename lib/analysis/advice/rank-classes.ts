import { ADVICE_CLASSES, type AdviceClass, maskOf } from "#lib/model/advice.ts";
import type { Claims } from "./claims.ts";

export interface RankedClass {
  readonly class: AdviceClass;
  readonly bytes: number;
  readonly ownBytes: number;
  readonly count: number;
}

type Claimed = Pick<Claims, "count" | "mask" | "bytes">;

/**
 * The classes that claim something, the largest first, each with all its bytes and with those that no larger class claims. Each byte
 * is one class's own, so these add up to the bytes of all, whatever is selected. O(rows · classes).
 */
export function rankClasses({ count, mask, bytes }: Claimed): RankedClass[] {
  const sums = ADVICE_CLASSES.map((each) => ({ class: each, bit: maskOf([each]), bytes: 0, ownBytes: 0, count: 0 }));
  for (let row = 0; row < count; row++) {
    if (mask[row] === 0) continue;
    for (const sum of sums) {
      if ((mask[row]! & sum.bit) === 0) continue;
      sum.bytes += bytes[row]!;
      sum.count++;
    }
  }
  const ranked = sums.filter((sum) => sum.bytes > 0).sort((a, b) => b.bytes - a.bytes);
  for (let row = 0; row < count; row++) {
    if (mask[row] === 0) continue;
    const owner = ranked.find(({ bit }) => (mask[row]! & bit) !== 0);
    if (owner !== undefined) owner.ownBytes += bytes[row]!;
  }
  return ranked.map(({ bit: _, ...each }) => each);
}
