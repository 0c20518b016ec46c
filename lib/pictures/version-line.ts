import type { VersionChanges } from "#lib/model/name-version.ts";
import { scaleMarks } from "./strata.ts";

/** A version to draw; the oldest first. */
export interface DrawnVersion {
  /** `null` if it is not known. */
  readonly size: number | null;
  readonly changes: VersionChanges | null;
}

/** Shares of the picture in percent, from the left and from the top. */
export interface PlacedVersion {
  readonly x: number;
  /** `undefined` for an unknown size. */
  readonly y: number | undefined;
  /** Shares of the lower picture's halves: above its middle what came in and was updated, below it what went out. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface VersionLine {
  readonly placed: readonly PlacedVersion[];
  /** SVG path in a box of 100 by 100; steps, with a gap at each unknown size. */
  readonly path: string;
  /** The size at the bottom: 0, or a round number below all sizes if they differ by little. */
  readonly start: number;
  readonly marks: readonly { readonly size: number; readonly y: number }[];
  /** The largest number of components above or below the middle. */
  readonly mostChanges: number;
}

const MAX_MARKS = 4;
/** Sizes that differ by less than this share of the largest are drawn on an axis that begins near the smallest. */
const CUT_BELOW = 0.4;
/** Free share above the line. */
const HEADROOM = 0.08;

/** Sizes of versions as a line of steps, one step each, and what came in and went out as bars. */
export function placeVersionLine(versions: readonly DrawnVersion[]): VersionLine {
  const { start, end } = chooseAxis(versions.flatMap(({ size }) => size ?? []));
  const toY = (size: number) => 100 - (100 * (size - start)) / (end - start);
  const above = versions.map(({ changes }) => (changes === null ? 0 : changes.added + changes.changed));
  const mostChanges = Math.max(0, ...above, ...versions.map(({ changes }) => changes?.removed ?? 0));
  const share = (count = 0) => (mostChanges === 0 ? 0 : (100 * count) / mostChanges);
  const placed = versions.map(({ size, changes }, i) => ({
    x: (100 * (i + 0.5)) / versions.length,
    y: size === null ? undefined : toY(size),
    added: share(changes?.added),
    changed: share(changes?.changed),
    removed: share(changes?.removed),
  }));
  return { placed, path: toSteps(placed), start, marks: placeMarks(start, end, toY), mostChanges };
}

function chooseAxis(sizes: readonly number[]): { start: number; end: number } {
  const most = Math.max(1, ...sizes);
  const least = Math.min(most, ...sizes);
  const spread = most - least;
  const isCut = spread > 0 && spread < CUT_BELOW * most;
  if (!isCut) return { start: 0, end: most * (1 + HEADROOM) };
  const step = scaleMarks(spread, MAX_MARKS)[0] ?? 1;
  const start = Math.max(0, (Math.ceil(least / step) - 2) * step);
  return { start, end: most + HEADROOM * (most - start) };
}

function placeMarks(start: number, end: number, toY: (size: number) => number): VersionLine["marks"] {
  const marks = scaleMarks(end - start, MAX_MARKS).map((size) => start + size);
  return [start, ...marks].filter((size) => size <= end).map((size) => ({ size, y: toY(size) }));
}

/** A version's size lasts for its whole step. */
function toSteps(placed: readonly PlacedVersion[]): string {
  const half = 50 / placed.length;
  let isOpen = false;
  const parts = placed.map(({ x, y }) => {
    if (y === undefined) {
      isOpen = false;
      return "";
    }
    const begin = `${isOpen ? "L" : "M"}${round(x - half)} ${round(y)}`;
    isOpen = true;
    return `${begin}L${round(x + half)} ${round(y)}`;
  });
  return parts.join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
