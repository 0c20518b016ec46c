import { formatBytes, formatCount, formatShare } from "#lib/display/bytes.ts";
import { formatChange, formatDelta } from "#lib/display/delta.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CellValue, ColumnKind } from "./table.ts";

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** A value of a report's table, formatted for reading. */
export function formatCell(value: CellValue, kind: ColumnKind): string {
  if (value === null) return "–";
  if (typeof value === "string")
    return kind === "digest" && DIGEST.test(value) ? shortDigest(value) : visibleText(value);
  switch (kind) {
    case "bytes":
      return formatBytes(value);
    case "delta":
      return formatDelta(value);
    case "share":
      return formatShare(value, 1);
    case "change":
      return formatChange(value);
    default:
      return formatCount(value);
  }
}
