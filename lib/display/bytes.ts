const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;
const STEP = 1024;

/** Bytes in binary units with one decimal (`23.4 MiB`), integers below 1 KiB. A negative difference keeps its sign. */
export function formatBytes(bytes: number): string {
  const magnitude = Math.abs(bytes);
  const sign = bytes < 0 ? "−" : "";
  if (magnitude < STEP) return `${sign}${magnitude} B`;
  let unit = 0;
  let value = magnitude;
  // The rounded value decides, so that 1023.96 KiB reads 1.0 MiB and no figure has more than four digits.
  while (Math.round(value * 10) / 10 >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  return `${sign}${value.toFixed(1)} ${UNITS[unit]}`;
}

/** The same; "not known" for an unknown sum. */
export function formatKnown(bytes: number | null): string {
  return bytes === null ? "not known" : formatBytes(bytes);
}

/** All digits, for tooltips and exports: `24,536,122 bytes`. */
export function formatExactBytes(bytes: number): string {
  return `${formatCount(bytes)} ${Math.abs(bytes) === 1 ? "byte" : "bytes"}`;
}

/** The same; "not known" for an unknown sum. */
export function formatExactKnown(bytes: number | null): string {
  return bytes === null ? "not known" : formatExactBytes(bytes);
}

/** Both: `23.4 MiB (24,536,122 bytes)`. */
export function formatSize(bytes: number): string {
  return `${formatBytes(bytes)} (${formatExactBytes(bytes)})`;
}

const THOUSANDS = /\B(?<!\.\d*)(?=(?:\d{3})+(?!\d))/g;

/** A count with thousands separators. Without Intl, whose first use takes 12 ms of a command, and of a page's first task. */
export function formatCount(count: number): string {
  return `${count}`.replace(THOUSANDS, ",");
}

/** `1 layer`, `7 layers`: the count and its noun. */
export function formatCounted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A share as a percentage, never 0 or 100 for a value between them. `part` and `whole` in one unit. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return "–";
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return "<0.1%";
  if (percent < 100 && percent > 99.9) return ">99.9%";
  return `${percent.toFixed(percent === 0 || percent === 100 ? 0 : 1)}%`;
}
