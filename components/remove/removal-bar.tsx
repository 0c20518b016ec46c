import { Bytes } from "#components/ui/bytes.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { formatBytes, formatCounted, formatExactBytes } from "#lib/display/bytes.ts";
import type { AdviceAnswer } from "#lib/model/advice.ts";

interface RemovalBarProps {
  readonly advice: AdviceAnswer;
  readonly selectedCount: number;
}

/** Everything as one bar: what is not listed, what is, and what is selected. */
export function RemovalBar({ advice: { total, items, kinds }, selectedCount }: RemovalBarProps) {
  const isImage = kinds[0] === "image";
  const rest = total.of - total.selected;
  const label = `${formatExactBytes(total.of)} in all, ${formatExactBytes(total.bytes)} listed, ${formatExactBytes(total.selected)} selected`;
  return (
    <div className="mt-6 grid grid-cols-2 items-center gap-x-8 gap-y-4 rounded-lg border border-line bg-raised px-5 py-4 md:grid-cols-[auto_minmax(0,1fr)_auto]">
      <BarFigure label={<MeasureLabel name={isImage ? "layersContentSize" : "closureSize"} />} value={total.of} />
      <div className="order-last col-span-2 min-w-0 md:order-none md:col-span-1">
        <div role="img" aria-label={label} className="flex h-5 overflow-hidden rounded-sm bg-(--rock-unique)">
          <span className="ml-auto" />
          <Part
            bytes={total.bytes - total.selected}
            of={total.of}
            className="border border-dashed border-line-strong bg-raised"
          />
          <Part bytes={total.selected} of={total.of} className="removed" />
        </div>
        <p className="mt-1.5 flex flex-wrap justify-between gap-x-6 text-xs text-dim" aria-live="polite">
          <span>{formatBytes(total.of - total.bytes)} not on this list</span>
          <span>
            <strong className="font-medium text-ink">{formatBytes(total.selected)} selected</strong> of{" "}
            {formatBytes(total.bytes)} listed. Each byte is counted once.
          </span>
        </p>
      </div>
      <BarFigure
        label={
          selectedCount === 0
            ? "Nothing selected"
            : `After removing ${selectedCount} of ${formatCounted(items.length, "row")}`
        }
        value={rest}
        strong={selectedCount > 0}
      />
    </div>
  );
}

interface BarFigureProps {
  readonly label: React.ReactNode;
  readonly value: number;
  readonly strong?: boolean;
}

function BarFigure({ label, value, strong = false }: BarFigureProps) {
  return (
    <div>
      <div className="text-xs text-dim">{label}</div>
      <div className={`text-2xl font-medium tracking-tight ${strong ? "text-accent" : ""}`}>
        <Bytes value={value} />
      </div>
    </div>
  );
}

function Part({ bytes, of, className }: { bytes: number; of: number; className: string }) {
  if (bytes <= 0) return null;
  return <span className={className} style={{ width: `max(2px, ${(100 * bytes) / of}%)` }} />;
}
