import { scaleMarks } from "./strata.ts";

/** The scale of bars in one column. Sizes in bytes. */
export interface BarAxis {
  /** The end of the axis, where longer bars are cut. */
  readonly end: number;
  readonly marks: readonly number[];
}

const MAX_MARKS = 4;
/** Maximum ratio of the largest bar to the size that nine in ten do not exceed; beyond it the axis ends at the next round number. */
const OUTLIER = 4;
const COMMON_SHARE = 0.9;

/** A linear axis that one huge bar does not flatten. */
export function barAxis(sizes: readonly number[]): BarAxis {
  const sorted = sizes.toSorted((a, b) => a - b);
  const largest = sorted.at(-1) ?? 0;
  const usual = sorted[Math.ceil(COMMON_SHARE * sorted.length) - 1] ?? 0;
  const end = largest > OUTLIER * usual && usual > 0 ? roundUp(usual) : Math.max(1, largest);
  return { end, marks: largest === 0 ? [] : scaleMarks(end, MAX_MARKS) };
}

function roundUp(bytes: number): number {
  const step = scaleMarks(bytes, MAX_MARKS)[0] ?? bytes;
  return Math.ceil(bytes / step) * step;
}
