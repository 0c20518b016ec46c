import { layBlocks, type PlacedBlock } from "#components/charts/block-geometry.ts";
import { blockTitle } from "#components/charts/blocks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import { nameColour } from "#lib/display/colours.ts";
import type { Block } from "#lib/views/column.ts";

const WIDTH = 1200;
const HEIGHT = 340;
const NARROW_WIDTH = 360;
const NARROW_HEIGHT = 400;
const HEADING = 18;
const LEVELS = 3;
const NAME_WIDTH = 44;
const NAME_HEIGHT = 15;

interface KeptBlockProps {
  readonly blocks: readonly Block[];
  readonly bytes: number;
}

/** A closure as one block divided by retained size, as its page draws it, without links: a report outlives the artifact. */
export function KeptBlock(props: KeptBlockProps) {
  return (
    <figure className="mt-8">
      <Drawing {...props} width={WIDTH} height={HEIGHT} className="hidden sm:block" />
      <Drawing {...props} width={NARROW_WIDTH} height={NARROW_HEIGHT} className="sm:hidden" />
      <figcaption className="mt-2 text-xs text-dim">
        Area by retained size: inside an item lies what it alone keeps. What no block covers are smaller items.
      </figcaption>
    </figure>
  );
}

interface DrawingProps extends KeptBlockProps {
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

// Positions in percent of a fixed drawing: the browser stretches it.
function Drawing({ blocks, bytes, width, height, className }: DrawingProps) {
  const { placed } = layBlocks({ blocks, bytes, width, height, heading: HEADING, levels: LEVELS });
  return (
    <div
      role="img"
      aria-label="The closure divided by retained size. The table below says the same."
      className={`relative overflow-hidden rounded-[3px] bg-line ${className}`}
      style={{ height }}
    >
      {placed.map((rectangle) => (
        <Rectangle key={rectangle.block.nodeIndex} rectangle={rectangle} whole={width} />
      ))}
    </div>
  );
}

function Rectangle({ rectangle: { block, x, y, width, height }, whole }: { rectangle: PlacedBlock; whole: number }) {
  const named = width >= NAME_WIDTH && height >= NAME_HEIGHT;
  return (
    <div
      data-tip={blockTitle(block)}
      className="absolute overflow-hidden rounded-[2px] px-1 text-2xs leading-4.5 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge)"
      style={{
        left: `${(100 * x) / whole}%`,
        top: y,
        width: `${(100 * width) / whole}%`,
        height,
        background: nameColour(block.name),
      }}
    >
      {named ? (
        <>
          <span className="font-medium">
            <Visible text={block.name} />
          </span>{" "}
          {width > 2 * NAME_WIDTH ? formatBytes(block.retainedSize) : null}
        </>
      ) : null}
    </div>
  );
}
