import type { ScanProgress } from "#lib/model/scan-progress.ts";
import { progressSegments } from "#lib/pictures/progress-segments.ts";

/** How much of each layer is read; known layers are full from the start. The text beside it says the same. */
export function ProgressBar({ progress }: { progress: ScanProgress | undefined }) {
  const segments = progressSegments(progress ?? { phase: "opening", source: "" });
  return (
    <span aria-hidden className="flex h-2 w-full gap-px overflow-hidden rounded-[2px]">
      {segments.map(({ weight, filled, isKnown }, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a segment has no identity except its place.
          key={place}
          className="min-w-1 bg-line"
          style={{ flexGrow: weight, flexBasis: 0 }}
        >
          <span
            className={`block h-full ${isKnown ? "bg-(--rock-4)" : "bg-accent"}`}
            style={{ width: `${100 * filled}%` }}
          />
        </span>
      ))}
    </span>
  );
}
