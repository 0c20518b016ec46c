import { Maximize, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";

interface ZoomToolsProps {
  readonly zoomOut: () => void;
  readonly zoomIn: () => void;
  readonly fit: () => void;
  /** What the last button is called. */
  readonly fitLabel: string;
  readonly className?: string;
}

/** The zoom buttons of a drawing. */
export function ZoomTools({ zoomOut, zoomIn, fit, fitLabel, className = "" }: ZoomToolsProps) {
  return (
    <span className={`flex overflow-hidden rounded-md border border-line bg-raised ${className}`}>
      <Tool label="Zoom out" act={zoomOut}>
        <Minus aria-hidden size={15} />
      </Tool>
      <Tool label="Zoom in" act={zoomIn}>
        <Plus aria-hidden size={15} />
      </Tool>
      <Tool label={fitLabel} act={fit}>
        <Maximize aria-hidden size={15} />
      </Tool>
    </span>
  );
}

function Tool({ label, act, children }: { label: string; act: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={act}
      aria-label={label}
      data-tip={label}
      className="grid size-8 place-items-center text-dim -outline-offset-2 hover:bg-shade hover:text-ink"
    >
      {children}
    </button>
  );
}
