import { Visible } from "./visible.tsx";

interface OtherNamesProps {
  /** Those beside the one that is shown already. */
  readonly names: readonly string[];
  /** How many there are beyond them. */
  readonly more?: number;
}

/** The other names that mean an artifact, quieter than the first. */
export function OtherNames({ names, more = 0 }: OtherNamesProps) {
  if (names.length === 0) return null;
  return (
    <span className="ml-2 text-xs font-normal text-dim">
      <span className="sr-only"> also </span>
      <Visible text={names.join(", ")} />
      {more === 0 ? null : ` and ${more.toLocaleString("en-US")} more`}
    </span>
  );
}
