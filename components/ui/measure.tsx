import Link from "next/link";
import type { ReactNode } from "react";
import { formatExactBytes } from "#lib/display/bytes.ts";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import { Bytes } from "./bytes.tsx";

/** A measure's name: its definition shows on hover and focus, and the link leads to the page about the numbers. */
export function MeasureLabel({ name, children }: { name: MeasureName; children?: ReactNode }) {
  const { label, definition } = MEASURES[name];
  return (
    <Link href={`/docs#${name}`} data-tip={definition} className="measure-name" prefetch={false}>
      {children ?? label}
    </Link>
  );
}

/** A leading figure that nobody knows, in a `<dl>`, and why. */
export function UnknownMeasure({ name, note }: { name: MeasureName; note: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-xs text-dim">
        <MeasureLabel name={name} />
      </dt>
      <dd className="text-2xl font-medium tracking-tight">
        <span className="text-dim">not known</span>
        <div className="text-xs font-normal tracking-normal text-dim">{note}</div>
      </dd>
    </div>
  );
}

interface MeasureProps {
  readonly name: MeasureName;
  /** Bytes. */
  readonly value: number;
  readonly label?: string;
  readonly note?: ReactNode;
  /** Set larger: the figure a page is about. */
  readonly leading?: boolean;
  readonly estimated?: boolean;
}

/** One measured figure with its name, in a `<dl>`. */
export function Measure({ name, value, label, note, leading = false, estimated = false }: MeasureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-xs text-dim">
        <MeasureLabel name={name}>{label}</MeasureLabel>
      </dt>
      <dd className={leading ? "text-2xl font-medium tracking-tight" : "text-lg font-medium tracking-tight"}>
        <Bytes value={value} estimated={estimated} />
        <span className="sr-only"> ({formatExactBytes(value)})</span>
        {note === undefined ? null : <div className="text-xs font-normal tracking-normal text-dim">{note}</div>}
      </dd>
    </div>
  );
}
