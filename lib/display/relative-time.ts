import { formatCounted } from "./bytes.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly [limit: number, unit: number, name: string][] = [
  [HOUR, MINUTE, "minute"],
  [DAY, HOUR, "hour"],
  [30 * DAY, DAY, "day"],
  [365 * DAY, 30 * DAY, "month"],
  [Number.POSITIVE_INFINITY, 365 * DAY, "year"],
];

/** `then` as seen from `now` (both milliseconds since the epoch): `just now`, `5 minutes ago`, `3 days ago`. */
export function relativeTime(then: number, now: number): string {
  const seconds = (then - now) / 1000;
  if (Math.abs(seconds) < MINUTE) return "just now";
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? STEPS[STEPS.length - 1]!;
  const count = formatCounted(Math.trunc(Math.abs(seconds) / step[1]), step[2]);
  return seconds < 0 ? `${count} ago` : `in ${count}`;
}
