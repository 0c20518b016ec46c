import { Bytes, Delta } from "#components/ui/bytes.tsx";
import { formatBytes } from "#lib/display/bytes.ts";

/** A difference as a figure, beside a bar to the left for less and to the right for more. */
export function DeltaBar({ bytes, widest }: { bytes: number; widest: number }) {
  const share = (50 * Math.abs(bytes)) / widest;
  const more = bytes > 0;
  return (
    <span className="flex items-center justify-end gap-3">
      <span aria-hidden className="relative hidden h-3 w-24 shrink-0 lg:block">
        <span className="absolute inset-y-0 left-1/2 w-px bg-line" />
        {bytes === 0 ? null : (
          <span
            className="absolute inset-y-0.5 rounded-[1px]"
            style={{
              width: `max(1px, ${share}%)`,
              background: more ? "var(--side-right)" : "var(--side-left)",
              ...(more ? { left: "50%" } : { right: "50%" }),
            }}
          />
        )}
      </span>
      <span className="lg:w-24">
        <Delta value={bytes} />
      </span>
    </span>
  );
}

/** The heading of such bars: what a full one means is above them, left of the words and of the mark of the order. */
export function DeltaHeading({ widest }: { widest: number }) {
  return (
    <span className="relative">
      Difference
      {widest <= 1 ? null : (
        <span
          className="absolute top-0 right-27 hidden w-24 text-center text-2xs font-normal whitespace-nowrap text-dim lg:block"
          data-tip={`Bars to the left: less; to the right: more. A full one: ${formatBytes(widest)}.`}
        >
          ± {formatBytes(widest)}
        </span>
      )}
    </span>
  );
}

/** Bytes on one side, if present there. */
export function SideBytes({ of }: { of: { readonly bytes: number } | null }) {
  if (of !== null) return <Bytes value={of.bytes} />;
  return (
    <span className="text-dim">
      <span aria-hidden>–</span>
      <span className="sr-only">not present, {formatBytes(0)}</span>
    </span>
  );
}
