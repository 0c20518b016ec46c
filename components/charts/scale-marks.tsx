import { formatBytes } from "#lib/display/bytes.ts";
import { scaleMarks } from "#lib/pictures/strata.ts";

const MARKS = 4;

interface ScaleMarksProps {
  /** Value at the top of the scale, whose bottom is 0. */
  readonly bytes: number;
  /** Pixels. */
  readonly height: number;
  /** Position of a mark's figure: at the left end of its line. */
  readonly figures?: "above" | "below";
  readonly className: string;
  /** Pixels above the scale. */
  readonly top: number;
}

/** Horizontal lines over a picture of bytes, with or without their figures. */
export function ScaleMarks({ bytes, height, figures, className, top }: ScaleMarksProps) {
  return (
    <div aria-hidden className={className} style={{ height, marginTop: top }}>
      {scaleMarks(bytes, MARKS).map((mark) => (
        <div key={mark} className="absolute inset-x-0 border-t border-line" style={{ bottom: (height * mark) / bytes }}>
          {figures === undefined ? null : (
            <span
              className={`absolute ${figures === "above" ? "bottom-0" : "top-0.5"} left-0 text-2xs whitespace-nowrap text-dim`}
            >
              {formatBytes(mark).replace(".0 ", " ")}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}
