import type { Ref } from "react";
import { formatBytes, formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { MapScene } from "#lib/pictures/map/map-camera.ts";
import type { MapSection, MapStratum } from "#lib/pictures/map/map-section.ts";

interface MapGutterProps {
  readonly section: MapSection;
  readonly unit: MeasureUnit;
  /** Colours do not mean strata. */
  readonly grey: boolean;
  readonly ref: Ref<HTMLOListElement>;
}

/** The scale of a map: what each stratum is, with its bytes, share and count. On a narrow page, a heading above each stratum. */
export function MapGutter({ section, unit, grey, ref }: MapGutterProps) {
  const whole = section.strata.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <ol ref={ref} aria-label="Strata" className="pointer-events-none absolute inset-0 z-1 overflow-hidden text-xs">
      {section.strata.map((stratum) => (
        <li
          key={stratum.first}
          className="absolute top-0 left-0 flex overflow-hidden w-full items-baseline justify-between gap-x-2 px-2 sm:block sm:w-36 sm:border-r-4 sm:pr-2.5 sm:pl-1 sm:text-right"
          style={{ borderColor: grey ? "var(--line)" : `var(--stratum-own-${stratum.colour})` }}
        >
          <span className="font-medium whitespace-nowrap sm:block sm:tracking-tight">
            {stratumName(stratum, section)}
          </span>
          <span className="text-dim">
            <span className="sm:block">
              {unit === "bytes" ? `${formatBytes(stratum.bytes)} · ` : ""}
              {formatShare(stratum.bytes, whole)}
            </span>{" "}
            <span className="sm:hidden">· </span>
            <span className="sm:block">{formatCounted(stratum.end - stratum.first, "node")}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** `from 3–5 roots`; `from 2 of 34` if the starts are no roots: the status line says what they are. */
export function stratumName(
  { from, to }: Pick<MapStratum, "from" | "to">,
  { startCount, above }: Pick<MapSection, "startCount" | "above">,
): string {
  const count = from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;
  if (above.length > 0) return `from ${count} of ${formatCount(startCount)}`;
  return `from ${count} ${to === 1 ? "root" : "roots"}`;
}

/** Pixels of the lines of a stratum's name in the gutter. */
const NAME_HEIGHT = 54;

/** Moves the names with the map: each stays in the room as long as its stratum does. */
export function moveGutter(list: HTMLOListElement, scene: MapScene): void {
  const headings = scene.room.gap > NARROW_GAP / 2;
  for (const [i, item] of [...list.children].entries()) {
    if (!(item instanceof HTMLElement)) continue;
    const { y, height } = scene.boxOfStratum(i);
    const seen = y + height > 0 && y - (headings ? NARROW_GAP : 0) < scene.room.height;
    item.style.visibility = seen ? "visible" : "hidden";
    if (headings) {
      item.style.height = `${NARROW_GAP}px`;
      item.style.transform = `translateY(${y - NARROW_GAP}px)`;
    } else {
      const top = Math.max(y, Math.min(0, y + height - NAME_HEIGHT));
      item.style.height = `${Math.min(height, y + height - top)}px`;
      item.style.transform = `translateY(${top}px)`;
    }
  }
}

/** Above each stratum: on a narrow page a heading, else a line. */
export const NARROW_GAP = 22;
export const WIDE_GAP = 7;
