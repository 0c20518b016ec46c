import { type FocusLine, GUTTER } from "#lib/pictures/focus/place-focus.ts";
import { EVIDENCE_LINES } from "../evidence.tsx";

/** The lines between the rows of a side and the node. */
export function FocusLines({ lines, height }: { lines: readonly FocusLine[]; height: number }) {
  return (
    <svg
      aria-hidden="true"
      width={GUTTER}
      height={height}
      className="hidden overflow-visible text-line-strong lg:block"
    >
      {lines.map(({ key, d, width, evidence, rest }) => (
        <path
          key={key}
          data-line={key}
          d={d}
          fill="none"
          stroke="currentColor"
          strokeWidth={width}
          strokeDasharray={evidence === undefined ? undefined : EVIDENCE_LINES[evidence].dash}
          className={`data-lit:text-accent data-lit:opacity-100 ${rest ? "opacity-45" : "opacity-80"}`}
        />
      ))}
    </svg>
  );
}
