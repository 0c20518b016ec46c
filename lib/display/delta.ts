import { formatBytes } from "./bytes.ts";

/** A difference in binary units with its sign: `+1.2 MiB`, `−3.0 KiB`, `±0`. */
export function formatDelta(bytes: number): string {
  if (bytes === 0) return "±0";
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/** A relative difference, negative for less: `−24.1%`, `+3.0%`, `±0%`. */
export function formatChange(change: number): string {
  if (change === 0) return "±0%";
  const percent = 100 * Math.abs(change);
  return `${change < 0 ? "−" : "+"}${percent < 0.1 ? "<0.1" : percent.toFixed(1)}%`;
}
