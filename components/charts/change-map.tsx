import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { deltaOf, largerSide } from "#lib/display/component-changes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { SIDE_OF_CHANGE, SIDES } from "#lib/display/sides.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import type { ComponentChange } from "#lib/model/answer.ts";
import { layMap, type PlacedItem } from "./change-map-geometry.ts";

const WIDTH = 1200;
const HEIGHT = 300;
const NARROW_WIDTH = 360;
const NARROW_HEIGHT = 380;
const LIMIT = 60;
const NAME_WIDTH = 46;
const NAME_HEIGHT = 17;

interface ChangeMapProps {
  readonly rows: readonly ComponentChange[];
  /** Where a rectangle leads, if anywhere: a stored report leads nowhere. */
  readonly hrefOf?: (row: ComponentChange) => string | undefined;
}

/** The components of two artifacts as a treemap: area by the larger side's bytes, colour and sign by what changed. */
export function ChangeMap(props: ChangeMapProps) {
  return (
    <>
      <Drawing {...props} width={WIDTH} height={HEIGHT} className="hidden sm:block" />
      <Drawing {...props} width={NARROW_WIDTH} height={NARROW_HEIGHT} className="sm:hidden" />
    </>
  );
}

interface DrawingProps extends ChangeMapProps {
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

function Drawing({ rows, hrefOf, width, height, className }: DrawingProps) {
  const items = rows.map((row) => ({ group: row.change, bytes: largerSide(row) }));
  const placed = layMap({ items, width, height, limit: LIMIT });
  if (placed.length === 0) return null;
  return (
    <section
      className={`relative overflow-hidden rounded-[3px] ${className}`}
      style={{ height }}
      aria-label="Components by bytes and change. The table below says the same."
    >
      {placed.map((place) => {
        const row = rows[place.items[0]!]!;
        const href = place.items.length === 1 ? hrefOf?.(row) : undefined;
        return <Tile key={place.items[0]} place={place} row={row} width={width} href={href} />;
      })}
    </section>
  );
}

interface TileProps {
  readonly place: PlacedItem;
  /** The first of the tile's components. */
  readonly row: ComponentChange;
  readonly width: number;
  readonly href: string | undefined;
}

function Tile({ place, row, width, href }: TileProps) {
  const side = SIDE_OF_CHANGE[row.change];
  const named = place.width >= NAME_WIDTH && place.height >= NAME_HEIGHT;
  const title = tileTitle(place, row);
  const look = {
    className:
      "absolute overflow-hidden rounded-[2px] px-1 text-left text-2xs leading-4.5 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge) hover:brightness-110 focus-visible:z-10 focus-visible:outline-2",
    style: {
      left: `${(100 * place.x) / width}%`,
      top: place.y,
      width: `${(100 * place.width) / width}%`,
      height: place.height,
      background: SIDES[side].colour,
    },
    "data-tip": title,
  };
  const name = named ? (
    <span aria-hidden>
      <TileName place={place} row={row} />
    </span>
  ) : null;
  if (href === undefined) return <div {...look}>{name}</div>;
  return (
    // Only tiles with room for a name take focus: the table below reaches every component.
    <Link href={href} prefetch={false} tabIndex={named ? undefined : -1} {...look}>
      <span className="sr-only">{title}</span>
      {name}
    </Link>
  );
}

function TileName({ place, row }: { place: PlacedItem; row: ComponentChange }) {
  const wide = place.width > 3 * NAME_WIDTH;
  return (
    <>
      <span aria-hidden className="font-mono font-semibold">
        {SIDES[SIDE_OF_CHANGE[row.change]].sign}
      </span>{" "}
      {place.items.length > 1 ? (
        formatCounted(place.items.length, "smaller one")
      ) : (
        <span className="font-medium">
          <Visible text={row.name} />
        </span>
      )}
      {wide
        ? ` ${deltaOf(row) !== 0 && row.change === "changed" ? formatDelta(deltaOf(row)) : formatBytes(place.bytes)}`
        : null}
    </>
  );
}

function tileTitle({ items, bytes }: PlacedItem, row: ComponentChange): string {
  if (items.length > 1) return `${formatCounted(items.length, "smaller one")}, ${row.change}: ${formatBytes(bytes)}`;
  const versions = [row.left?.version, row.right?.version].filter((version) => version !== undefined && version !== "");
  const named = visibleText([row.name, ...new Set(versions)].join(" "));
  const moved = row.change === "changed" && deltaOf(row) !== 0 ? ` (${formatDelta(deltaOf(row))})` : "";
  return `${named}, ${row.change}: ${formatBytes(bytes)}${moved}`;
}
