import { formatBytes, formatCount, formatShare } from "#lib/display/bytes.ts";
import { formatChange, formatDelta } from "#lib/display/delta.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CsvValue } from "./csv.ts";
import type { ColumnKind } from "./table.ts";

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** A value of a table, formatted for reading. */
export function formatCell(value: CsvValue, kind: ColumnKind): string {
  if (value === null) return "–";
  if (typeof value !== "number") {
    const text = String(value);
    return kind === "digest" && DIGEST.test(text) ? shortDigest(text) : visibleText(text);
  }
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
