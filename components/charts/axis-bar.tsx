import type { ReactNode } from "react";
import type { BarAxis } from "#lib/pictures/bar-axis.ts";

interface AxisBarProps {
  readonly bytes: number;
  readonly axis: BarAxis;
  /** Of the line that the bar is on. */
  readonly className: string;
  /** What fills the bar. */
  readonly children: ReactNode;
}

/** A lying bar on an axis: width by bytes. Two slashes cut a bar that exceeds the axis. */
export function AxisBar({ bytes, axis, className, children }: AxisBarProps) {
  return (
    <span aria-hidden className={`relative ${className}`}>
      <span
        className="flex h-full overflow-hidden rounded-[2px]"
        style={{ width: `${Math.min(100, (100 * bytes) / axis.end)}%`, minWidth: bytes === 0 ? 0 : 2 }}
      >
        {children}
      </span>
      {bytes > axis.end ? <span className="bar-cut" /> : null}
    </span>
  );
}
