import { UsageError } from "./problem.ts";

/** Minutes between two scans of a watched source: registries count requests, and each scan of a store takes a while. */
export const MIN_WATCH_MINUTES = 15;
export const MAX_WATCH_MINUTES = 30 * 24 * 60;
export const DEFAULT_WATCH_INTERVAL = "6h";

const UNITS = { m: 1, h: 60, d: 24 * 60 } as const;

/** A source that is scanned again and again. Times are milliseconds since the epoch. */
export interface Watch {
  readonly key: string;
  readonly source: string;
  readonly everyMinutes: number;
  readonly nextAt: number;
  /** Its platform, if it is not the default: `all`, or `os/arch`. */
  readonly platform: string | undefined;
  readonly manifestsOnly: boolean;
}

/** Minutes of `30m`, `6h` or `1d`. Throws UsageError. */
export function parseInterval(text: string): number {
  const [, count = "", unit = "m"] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const minutes = Number(count) * UNITS[unit as keyof typeof UNITS];
  if (minutes >= MIN_WATCH_MINUTES && minutes <= MAX_WATCH_MINUTES) return minutes;
  const range = `from ${formatInterval(MIN_WATCH_MINUTES)} to ${formatInterval(MAX_WATCH_MINUTES)}`;
  throw new UsageError(`--every ${text}: expected an interval ${range}, such as 30m, 6h or 1d`);
}

/** `6h`: the largest unit that divides it. */
export function formatInterval(minutes: number): string {
  if (minutes % UNITS.d === 0) return `${minutes / UNITS.d}d`;
  return minutes % UNITS.h === 0 ? `${minutes / UNITS.h}h` : `${minutes}m`;
}
