import { Bytes } from "#components/ui/bytes.tsx";
import { Chips } from "#components/ui/chips.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { KIND_LABELS, kindColour } from "#lib/display/colours.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { KindCount } from "#lib/views/artifact.ts";

interface KindBarProps {
  readonly kinds: readonly KindCount[];
  readonly unit: MeasureUnit;
  readonly chosen: readonly string[];
  /** The URL with the kind switched on or off. */
  readonly toggleHref: (kind: string) => string;
}

/** The self sizes of the components by kind (or their numbers, in an SBOM), as one bar that is also the filter. */
export function KindBar({ kinds, unit, chosen, toggleHref }: KindBarProps) {
  const bytes = Math.max(
    1,
    kinds.reduce((sum, { selfSize }) => sum + selfSize, 0),
  );
  const chips = kinds.map(({ kind, count, selfSize }) => ({
    key: kind,
    href: toggleHref(kind),
    chosen: chosen.includes(kind),
    label: (
      <>
        <KindMark kind={kind} />
        {KIND_LABELS[kind]} {formatCount(count)} {unit === "bytes" ? <Bytes value={selfSize} /> : null}
      </>
    ),
  }));
  return (
    <div className="mb-4">
      <div aria-hidden className="flex h-3 gap-px overflow-hidden rounded-[2px]">
        {kinds.map(({ kind, count, selfSize }) => (
          <div
            key={kind}
            data-tip={kindTip({ kind, count, selfSize }, unit)}
            style={{ background: kindColour(kind), width: `${(100 * selfSize) / bytes}%` }}
          />
        ))}
      </div>
      <div className="mt-2 -ml-2">
        <Chips label="Kinds of component" chips={chips} />
      </div>
    </div>
  );
}

function kindTip({ kind, count, selfSize }: KindCount, unit: MeasureUnit): string {
  const words = `${KIND_LABELS[kind]}: ${formatCounted(count, "component")}`;
  return unit === "bytes" ? `${words}, ${formatBytes(selfSize)}` : words;
}
