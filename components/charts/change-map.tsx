import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { largerSide } from "#lib/display/component-changes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDE_OF_CHANGE, SIDES } from "#lib/display/sides.ts";
import type { ComponentChange } from "#lib/model/answer.ts";
import { layMap, type PlacedItem } from "./change-map-geometry.ts";

const WIDTH = 1200;
const HEIGHT = 300;
const NARROW_WIDTH = 360;
const NARROW_HEIGHT = 380;
const LIMIT = 60;
const NAME_WIDTH = 46;
const NAME_HEIGHT = 17;
const PADDING = 4;

interface ChangeMapProps {
  readonly rows: readonly ComponentChange[];
  /** Where a rectangle leads, if anywhere: a stored report leads nowhere. */
  readonly hrefOf?: (row: ComponentChange) => string | undefined;
}

/**
 * The components that changed as a treemap: area by the larger side's bytes, colour and sign by what changed. What is the
 * same is one strip under it, for it would be most of the map. Where nothing changed, the map is of what is the same.
 */
export function ChangeMap({ rows, hrefOf }: ChangeMapProps) {
  const weighty = rows.filter((row) => largerSide(row) > 0);
  const changed = weighty.filter(({ change }) => change !== "same");
  const drawn = changed.length === 0 ? weighty : changed;
  if (drawn.length === 0) return null;
  const same = weighty.length - drawn.length;
  return (
    <>
      <Drawing rows={drawn} hrefOf={hrefOf} width={WIDTH} height={HEIGHT} className="hidden sm:block" />
      <Drawing rows={drawn} hrefOf={hrefOf} width={NARROW_WIDTH} height={NARROW_HEIGHT} className="sm:hidden" />
      {same === 0 ? null : (
        <p className="mt-1 rounded-[2px] bg-line px-1.5 text-2xs leading-5">
          <span aria-hidden className="font-mono font-semibold">
            {SIDES.both.sign}
          </span>{" "}
          {formatCount(same)} the same, {formatBytes(sameBytes(weighty))}, not in the map
        </p>
      )}
      <p className="mt-1.5 text-xs text-dim">
        Area: the larger side's bytes. Figure of what changed (≠): the difference; of what only one side has: its bytes.
      </p>
    </>
  );
}

function sameBytes(rows: readonly ComponentChange[]): number {
  return rows.reduce((sum, row) => (row.change === "same" ? sum + largerSide(row) : sum), 0);
}

interface DrawingProps extends ChangeMapProps {
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

function Drawing({ rows, hrefOf, width, height, className }: DrawingProps) {
  const items = rows.map((row) => ({ group: row.change, bytes: largerSide(row) }));
  const placed = layMap({ items, width, height, limit: LIMIT });
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
      "absolute overflow-hidden rounded-[2px] text-left text-2xs leading-4.5 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge) hover:brightness-110 focus-visible:z-10 focus-visible:outline-2",
    style: {
      left: `${(100 * place.x) / width}%`,
      top: place.y,
      width: `${(100 * place.width) / width}%`,
      height: place.height,
      background: SIDES[side].colour,
      // Without words no padding: it would make a thin tile lie over its neighbour.
      paddingInline: named ? PADDING : 0,
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
        ? ` ${row.change === "changed" && place.items.length === 1 ? formatDelta(row.delta) : formatBytes(place.bytes)}`
        : null}
    </>
  );
}

function tileTitle({ items, bytes }: PlacedItem, row: ComponentChange): string {
  if (items.length > 1) return `${formatCounted(items.length, "smaller one")}, ${row.change}: ${formatBytes(bytes)}`;
  const versions = [row.left?.version, row.right?.version].filter((version) => version !== undefined && version !== "");
  const named = labelText([row.name, ...new Set(versions)].join(" "));
  const moved = row.change === "changed" && row.delta !== 0 ? ` (${formatDelta(row.delta)})` : "";
  return `${named}, ${row.change}: ${formatBytes(bytes)}${moved}`;
}
