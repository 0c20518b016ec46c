import Link from "next/link";
import type { ReactNode } from "react";
import { formatExactBytes } from "#lib/display/bytes.ts";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import { Bytes } from "./bytes.tsx";

/** A measure's name: its definition appears on hover and focus, and the link leads to the glossary. */
export function MeasureLabel({ name, children }: { name: MeasureName; children?: ReactNode }) {
  const { label, definition } = MEASURES[name];
  return (
    <Link href={`/docs#${name}`} data-tip={definition} className="measure-name" prefetch={false}>
      {children ?? label}
    </Link>
  );
}

interface FigureProps {
  readonly label: ReactNode;
  /** Below the figure. */
  readonly note?: ReactNode;
  /** In a panel, where it is one of several details. */
  readonly small?: boolean;
  readonly tip?: string;
  readonly children: ReactNode;
}

/** One figure with its name, in a `<dl>`. */
export function Figure({ label, note, small = false, tip, children }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-xs text-dim">{label}</dt>
      <dd className={`${small ? "text-lg" : "text-2xl"} font-medium tracking-tight`} data-tip={tip}>
        {children}
        {note === undefined ? null : <div className="text-xs font-normal tracking-normal text-dim">{note}</div>}
      </dd>
    </div>
  );
}

interface MeasureProps {
  readonly name: MeasureName;
  /** Bytes. */
  readonly value: number;
  readonly label?: string | undefined;
  readonly note?: ReactNode;
  readonly small?: boolean;
  readonly estimated?: boolean;
}

/** One measured figure. */
export function Measure({ name, value, label, note, small = false, estimated = false }: MeasureProps) {
  return (
    <Figure label={<MeasureLabel name={name}>{label}</MeasureLabel>} note={note} small={small}>
      <Bytes value={value} estimated={estimated} />
      <span className="sr-only"> ({formatExactBytes(value)})</span>
    </Figure>
  );
}
