import { formatCount } from "#lib/display/bytes.ts";
import { Visible } from "./visible.tsx";

interface OtherNamesProps {
  /** Those beside the one that is shown already. */
  readonly names: readonly string[];
  /** How many there are beyond them. */
  readonly more?: number;
  /** On a line of their own, cut at its end; else behind the first name. */
  readonly below?: boolean;
}

/** The other names that mean an artifact, quieter than the first. */
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
