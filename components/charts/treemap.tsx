import type { ReactNode } from "react";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import type { Rectangle } from "#lib/pictures/shapes.ts";

const WIDTH = 1200;
const NARROW_WIDTH = 360;
/** Space that a name needs. */
const NAME_WIDTH = 44;
const NAME_HEIGHT = 18;
const PADDING = 4;
/** A smaller tile leads nowhere (WCAG 2.2, 2.5.8): the table below has its link. */
const MIN_TARGET = 24;

/** One rectangle of a treemap, placed in the drawing. */
export interface Tile extends Rectangle {
  readonly key: number | string;
  readonly colour: string;
  /** Colour of the text; default: dark. */
  readonly ink?: string;
  /** Its complete description: on hover, and for screen readers. */
  readonly title: string;
  /** Shown if there is room. */
  readonly name: ReactNode;
  readonly href?: string | undefined;
  /** Whether it takes focus, for a tile with a name; the table below reaches everything. */
  readonly focusable?: boolean;
  /** The link changes what the page shows, which keeps its place. */
  readonly stays?: boolean;
}

interface TreemapProps {
  readonly label: string;
  /** In pixels: on a wide page and on a narrow one. */
  readonly heights: readonly [wide: number, narrow: number];
  readonly tilesOf: (width: number, height: number) => readonly Tile[];
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
function Drawing({ label, width, height, className, tilesOf }: DrawingProps) {
  return (
    <section
      className={`relative overflow-hidden rounded-[3px] ${className}`}
      style={{ height }}
      aria-label={`${label} The table below has the same data.`}
    >
      {tilesOf(width, height).map((tile) => (
        <TileBox key={tile.key} tile={tile} whole={width} />
      ))}
    </section>
  );
}

interface TileTextProps {
  readonly name: ReactNode;
  readonly figure: string | undefined;
  /** Line height. */
  readonly className?: string;
}

/** A name and, if all of it has room, a figure: in a second line, which is not shown, it cannot lose digits or its unit. */
export function TileText({ name, figure, className = "" }: TileTextProps) {
  return (
    <span className={`flex h-[1lh] flex-wrap gap-x-1 overflow-hidden ${className}`}>
      <span className="max-w-full truncate">{name}</span>
      {figure === undefined ? null : <span>{figure}</span>}
    </span>
  );
}

function TileBox({ tile, whole }: { tile: Tile; whole: number }) {
  const { x, y, width, height, colour, ink, title, name, href, focusable = true, stays } = tile;
  const named = width >= NAME_WIDTH && height >= NAME_HEIGHT;
  const link = Math.min(width, height) >= MIN_TARGET ? href : undefined;
  const place = { left: `${(100 * x) / whole}%`, top: y, width: `${(100 * width) / whole}%`, height };
  return (
    <MaybeLink
      href={link}
      tabIndex={named && focusable ? undefined : -1}
      tip={title}
      stays={stays}
      className="absolute overflow-hidden rounded-[2px] text-left text-2xs leading-4.5 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge) hover:brightness-110 focus-visible:z-10 focus-visible:outline-2"
      // Without text there is no padding: it would make a thin tile overlap its neighbour.
      style={{ ...place, background: colour, color: ink, paddingInline: named ? PADDING : 0 }}
    >
      {link === undefined ? null : <span className="sr-only">{title}</span>}
      {named ? <span aria-hidden>{name}</span> : null}
    </MaybeLink>
  );
}
