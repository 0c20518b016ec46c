import type { ReactNode } from "react";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import type { Rectangle } from "#lib/pictures/shapes.ts";

const WIDTH = 1200;
const NARROW_WIDTH = 360;
/** Space that a name needs. */
const NAME_WIDTH = 44;
const NAME_HEIGHT = 18;
const PADDING = 4;

/** One rectangle of a treemap, placed in the drawing. */
export interface Tile extends Rectangle {
  readonly colour: string;
  /** Its complete description: on hover, and for screen readers. */
  readonly title: string;
  /** Shown if there is room. */
  readonly name: ReactNode;
  readonly href?: string | undefined;
  /** Whether it takes focus, for a tile with a name; the table below reaches everything. */
  readonly focusable?: boolean;
}

interface TreemapProps {
  readonly label: string;
  /** In pixels: on a wide page and on a narrow one. */
  readonly heights: readonly [wide: number, narrow: number];
  /** Tiles in a drawing of this width and height. */
  readonly children: (width: number, height: number) => ReactNode;
}

/** A treemap in two widths; a page shows one of them. */
export function Treemap({ heights: [wide, narrow], ...props }: TreemapProps) {
  return (
    <>
      <Drawing {...props} width={WIDTH} height={wide} className="hidden sm:block" />
      <Drawing {...props} width={NARROW_WIDTH} height={narrow} className="sm:hidden" />
    </>
  );
}

type DrawingProps = Omit<TreemapProps, "heights"> & { width: number; height: number; className: string };

// Positions are in percent of a fixed drawing: the browser stretches it, and nothing is laid out while a person waits.
function Drawing({ label, width, height, className, children }: DrawingProps) {
  return (
    <section
      className={`relative overflow-hidden rounded-[3px] ${className}`}
      style={{ height }}
      aria-label={`${label} The table below has the same data.`}
    >
      {children(width, height)}
    </section>
  );
}

/** The position of a rectangle on the page. */
export function tileStyle({ x, y, width, height }: Rectangle, whole: number) {
  return { left: `${(100 * x) / whole}%`, top: y, width: `${(100 * width) / whole}%`, height };
}

export function TileBox({ tile, whole }: { tile: Tile; whole: number }) {
  const { colour, title, name, href, focusable = true } = tile;
  const named = tile.width >= NAME_WIDTH && tile.height >= NAME_HEIGHT;
  return (
    <MaybeLink
      href={href}
      tabIndex={named && focusable ? undefined : -1}
      tip={title}
      className="absolute overflow-hidden rounded-[2px] text-left text-2xs leading-4.5 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge) hover:brightness-110 focus-visible:z-10 focus-visible:outline-2"
      // Without text there is no padding: it would make a thin tile overlap its neighbour.
      style={{ ...tileStyle(tile, whole), background: colour, paddingInline: named ? PADDING : 0 }}
    >
      {href === undefined ? null : <span className="sr-only">{title}</span>}
      {named ? <span aria-hidden>{name}</span> : null}
    </MaybeLink>
  );
}
