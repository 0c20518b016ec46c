import { KIND_LABELS, kindColour } from "#lib/display/colours.ts";
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
