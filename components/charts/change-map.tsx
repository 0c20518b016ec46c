import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDE_OF_CHANGE, SIDES } from "#lib/display/sides.ts";
import { largerSide } from "#lib/exports/component-changes.ts";
import type { ComponentChange } from "#lib/model/answer.ts";
import { type PlacedItem, placeMap } from "#lib/pictures/change-map.ts";
import { type Tile, TileText, Treemap } from "./treemap.tsx";

const HEIGHTS = [300, 380] as const;
const LIMIT = 60;

interface ChangeMapProps {
  readonly rows: readonly ComponentChange[];
  /** The link of a rectangle, if any: a stored report has none. */
  readonly hrefOf?: (row: ComponentChange) => string | undefined;
}

/**
 * The changed components as a treemap: area by the larger side's bytes, colour and sign by the change. Unchanged
 * components are one strip under it, since they would fill most of the map. If nothing changed, the map shows them.
 */
export function ChangeMap({ rows, hrefOf }: ChangeMapProps) {
  const weighty = rows.filter((row) => largerSide(row) > 0);
  const changed = weighty.filter(({ change }) => change !== "same");
  const drawn = changed.length === 0 ? weighty : changed;
  if (drawn.length === 0) return null;
  const same = weighty.length - drawn.length;
  const items = drawn.map((row) => ({ group: row.change, bytes: largerSide(row) }));
  return (
    <>
      <Treemap
        label="Components by bytes and change."
        heights={HEIGHTS}
        tilesOf={(width, height) =>
          placeMap({ items, width, height, limit: LIMIT }).map((place) => toTile(place, drawn, hrefOf))
        }
      />
      {same === 0 ? null : (
        <p className="mt-1 rounded-[2px] bg-line px-1.5 text-2xs leading-5">
          <span aria-hidden className="font-mono font-semibold">
            {SIDES.both.sign}
          </span>{" "}
          {formatCount(same)} same, {formatBytes(sameBytes(weighty))}, not in the map
        </p>
      )}
      <p className="mt-1.5 text-xs text-dim">
        Area: the larger side's bytes. Number: the difference of changed components (≠), the bytes of all others.
      </p>
    </>
  );
}

function sameBytes(rows: readonly ComponentChange[]): number {
  return rows.reduce((sum, row) => (row.change === "same" ? sum + largerSide(row) : sum), 0);
}

function toTile(place: PlacedItem, rows: readonly ComponentChange[], hrefOf: ChangeMapProps["hrefOf"]): Tile {
  const row = rows[place.items[0]!]!;
  return {
    ...place,
    key: place.items[0]!,
    colour: SIDES[SIDE_OF_CHANGE[row.change]].colour,
    title: tileTitle(place, row),
    name: <TileName place={place} row={row} />,
    href: place.items.length === 1 ? hrefOf?.(row) : undefined,
  };
}

function TileName({ place, row }: { place: PlacedItem; row: ComponentChange }) {
  return (
    <TileText
      name={
        <>
          <span aria-hidden className="font-mono font-semibold">
            {SIDES[SIDE_OF_CHANGE[row.change]].sign}
          </span>{" "}
          {place.items.length > 1 ? (
            formatCounted(place.items.length, "smaller one")
          ) : (
            <Visible text={row.name} className="font-medium" />
          )}
        </>
      }
      figure={row.change === "changed" && place.items.length === 1 ? formatDelta(row.delta) : formatBytes(place.bytes)}
    />
  );
}

function tileTitle({ items, bytes }: PlacedItem, row: ComponentChange): string {
  if (items.length > 1) return `${formatCounted(items.length, "smaller one")}, ${row.change}: ${formatBytes(bytes)}`;
  const versions = [row.left?.version, row.right?.version].filter((version) => version !== undefined && version !== "");
  const named = labelText([row.name, ...new Set(versions)].join(" "));
  const moved = row.change === "changed" && row.delta !== 0 ? ` (${formatDelta(row.delta)})` : "";
  return `${named}, ${row.change}: ${formatBytes(bytes)}${moved}`;
}
