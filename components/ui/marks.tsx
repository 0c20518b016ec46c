import { KIND_LABELS, kindColour } from "#lib/display/colours.ts";
import { SIDES, type Side } from "#lib/display/sides.ts";
import type { ComponentKind } from "#lib/model/component.ts";

/** The small square of a component's kind, always beside its name. */
export function KindMark({ kind }: { kind: ComponentKind }) {
  return <span aria-hidden className="kind-mark" style={{ background: kindColour(kind) }} />;
}

export function KindLabel({ kind }: { kind: ComponentKind }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <KindMark kind={kind} />
      {KIND_LABELS[kind]}
    </span>
  );
}

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
