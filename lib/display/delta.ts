import { formatBytes } from "./bytes.ts";

/** A difference in binary units with its sign: `+1.2 MiB`, `−3.0 KiB`, `±0`. */
export function formatDelta(bytes: number): string {
  if (bytes === 0) return "±0";
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/** The saving of a figure against another, as a signed percentage of that other: `−24.1%`; `+3.0%` if it needs more. */
export function formatSaving(bytes: number, against: number): string {
  if (against <= 0) return "–";
  const percent = (100 * (bytes - against)) / against;
  if (percent === 0) return "±0%";
  const text = Math.abs(percent) < 0.1 ? "<0.1" : Math.abs(percent).toFixed(1);
  return `${percent < 0 ? "−" : "+"}${text}%`;
}
