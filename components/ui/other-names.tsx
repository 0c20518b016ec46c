import { formatCount } from "#lib/display/bytes.ts";
import { Visible } from "./visible.tsx";

interface OtherNamesProps {
  /** All names except the one that is already shown. */
  readonly names: readonly string[];
  /** The number of further names. */
  readonly more?: number;
  /** On a separate line, cut at its end; else after the first name. */
  readonly below?: boolean;
}

/** The other names of an artifact, in quieter type than the first. */
export function OtherNames({ names, more = 0, below = false }: OtherNamesProps) {
  if (names.length === 0) return null;
  return (
    <span className={`text-xs font-normal text-dim ${below ? "block truncate" : "ml-2"}`}>
      <span className="sr-only"> also </span>
      <Visible text={names.join(", ")} />
      {more === 0 ? null : ` and ${formatCount(more)} more`}
    </span>
  );
}
