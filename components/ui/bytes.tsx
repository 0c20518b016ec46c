import { formatBytes, formatCount, formatExactBytes } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { relativeTime } from "#lib/display/relative-time.ts";

/** A size in binary units; the exact bytes appear on hover. The unit is dimmed, so that figures align visually. */
export function Bytes({ value, estimated = false }: { value: number; estimated?: boolean }) {
  const [figure, unit] = formatBytes(value).split(" ");
  const exact = estimated ? `about ${formatExactBytes(value)}, estimated` : formatExactBytes(value);
  return (
    <data value={value} data-tip={exact} className={value === 0 ? "size text-dim" : "size"}>
      {estimated ? "≈ " : ""}
      {figure}
      <span className="unit">{unit}</span>
    </data>
  );
}

/** A difference in binary units with its sign, aligned like sizes. */
export function Delta({ value }: { value: number }) {
  const [figure, unit = ""] = formatDelta(value).split(" ");
  const exact = value === 0 ? "no difference" : `${value > 0 ? "+" : ""}${formatExactBytes(value)}`;
  return (
    <data value={value} data-tip={exact} className={value === 0 ? "size text-dim" : "size"}>
      {figure}
      <span className="unit">{unit}</span>
    </data>
  );
}

export function Count({ value }: { value: number }) {
  return (
    <data value={value} className="whitespace-nowrap">
      {formatCount(value)}
    </data>
  );
}

/** How long ago a moment was; the moment itself appears on hover. */
export function Ago({ at, now }: { at: number; now: number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} data-tip={date.toUTCString()}>
      {relativeTime(at, now)}
    </time>
  );
}
