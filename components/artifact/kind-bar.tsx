import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { KIND_LABELS, kindColour } from "#lib/display/colours.ts";
import type { KindCount } from "#lib/views/artifact.ts";

interface KindBarProps {
  readonly kinds: readonly KindCount[];
  readonly chosen: readonly string[];
  /** The URL with the kind switched on or off. */
  readonly toggleHref: (kind: string) => string;
}

/** The self sizes of the components by kind, as one bar that is also the filter. */
export function KindBar({ kinds, chosen, toggleHref }: KindBarProps) {
  const bytes = Math.max(
    1,
    kinds.reduce((sum, { selfSize }) => sum + selfSize, 0),
  );
  return (
    <div className="mb-4">
      <div aria-hidden className="flex h-3 gap-px overflow-hidden rounded-[2px]">
        {kinds.map(({ kind, count, selfSize }) => (
          <div
            key={kind}
            data-tip={`${KIND_LABELS[kind]}: ${formatCounted(count, "component")}, ${formatBytes(selfSize)}`}
            style={{ background: kindColour(kind), width: `${(100 * selfSize) / bytes}%` }}
          />
        ))}
      </div>
      <nav aria-label="Kinds of component" className="mt-2 -ml-2 flex flex-wrap gap-1">
        {kinds.map(({ kind, count, selfSize }) => (
          <Link
            key={kind}
            href={toggleHref(kind)}
            scroll={false}
            aria-current={chosen.includes(kind) ? "true" : undefined}
            className={`inline-flex h-7 items-center gap-2 rounded-md px-2 text-[0.8125rem] hover:bg-shade ${
              chosen.includes(kind) ? "bg-wash text-accent" : chosen.length > 0 ? "text-dim" : ""
            }`}
          >
            <KindMark kind={kind} />
            {KIND_LABELS[kind]} <span className="text-dim">{formatCount(count)}</span>
            <Bytes value={selfSize} />
          </Link>
        ))}
      </nav>
    </div>
  );
}
