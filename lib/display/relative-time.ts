const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly [limit: number, unit: number, name: Intl.RelativeTimeFormatUnit][] = [
  [HOUR, MINUTE, "minute"],
  [DAY, HOUR, "hour"],
  [30 * DAY, DAY, "day"],
  [365 * DAY, 30 * DAY, "month"],
  [Number.POSITIVE_INFINITY, 365 * DAY, "year"],
];
const relative = new Intl.RelativeTimeFormat("en-US", { numeric: "always", style: "long" });

/** `then` as seen from `now` (both milliseconds since the epoch): `just now`, `5 minutes ago`, `3 days ago`. */
export function relativeTime(then: number, now: number): string {
  const seconds = (then - now) / 1000;
  if (Math.abs(seconds) < MINUTE) return "just now";
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? STEPS[STEPS.length - 1]!;
  return relative.format(Math.trunc(seconds / step[1]), step[2]);
}
