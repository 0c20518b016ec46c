import { formatBytes, formatCount, formatShare } from "../bytes.ts";
import { visibleText } from "../visible-text.ts";
import type { ColumnKind } from "./report-tables.ts";

/** A value of a report's table as a person reads it. */
export function formatCell(value: string | number | null, kind: ColumnKind): string {
  if (value === null) return "–";
  if (typeof value === "string") return visibleText(value);
  if (kind === "bytes") return formatBytes(value);
  return kind === "share" ? formatShare(value, 1) : formatCount(value);
}
