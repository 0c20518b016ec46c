import { SIDES, type Side } from "#lib/display/sides.ts";

/** The small square of a side: its colour and its sign. The word is beside it, or is given as `label`. */
export function SideMark({ side, label }: { side: Side; label?: string }) {
  const { colour, sign } = SIDES[side];
  return (
    <span className="inline-flex items-center" data-tip={label}>
      <span aria-hidden className="side-mark" style={{ background: colour }}>
        {sign}
      </span>
      {label === undefined ? null : <span className="sr-only">{label}</span>}
    </span>
  );
}
