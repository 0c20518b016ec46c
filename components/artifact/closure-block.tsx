import Link from "next/link";
import { layBlocks, type PlacedBlock } from "#components/charts/block-geometry.ts";
import { blockTitle } from "#components/charts/blocks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import { nameColour } from "#lib/display/colours.ts";
import { whyPath } from "#lib/display/paths.ts";
import type { Block } from "#lib/views/column.ts";

const WIDTH = 1200;
const HEIGHT = 380;
const NARROW_WIDTH = 360;
const NARROW_HEIGHT = 440;
const HEADING = 18;
const LEVELS = 4;
const NAME_WIDTH = 44;
const NAME_HEIGHT = 15;
/** Room that the words about the smaller items need. */
const REST_WIDTH = 130;

interface ClosureBlockProps {
  readonly blocks: readonly Block[];
  readonly bytes: number;
  readonly digest: string;
}

/** A closure as one block divided by retained size: what each item alone keeps lies inside it. */
export function ClosureBlock(props: ClosureBlockProps) {
  return (
    <>
      <Drawing {...props} width={WIDTH} height={HEIGHT} className="hidden sm:block" />
      <Drawing {...props} width={NARROW_WIDTH} height={NARROW_HEIGHT} className="sm:hidden" />
    </>
  );
}

interface DrawingProps extends ClosureBlockProps {
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

// Positions in percent of a fixed drawing: the browser stretches it, and nothing is laid out while a person waits.
function Drawing({ blocks, bytes, digest, width, height, className }: DrawingProps) {
  const { placed, rest } = layBlocks({ blocks, bytes, width, height, heading: HEADING, levels: LEVELS });
  return (
    <section
      className={`relative overflow-hidden rounded-[3px] bg-sunken ${className}`}
      style={{ height }}
      aria-label="The closure divided by retained size. The table below says the same."
    >
      {placed.map((rectangle) => (
        <BlockLink key={rectangle.block.nodeIndex} rectangle={rectangle} width={width} digest={digest} />
      ))}
      {rest === undefined || rest.width < REST_WIDTH ? null : (
        <p
          className="absolute px-1 text-2xs leading-4.5 text-dim"
          style={{ left: `${(100 * rest.x) / width}%`, top: rest.y, width: `${(100 * rest.width) / width}%` }}
        >
          smaller items, {formatBytes(rest.bytes)}
        </p>
      )}
    </section>
  );
}

function BlockLink({ rectangle, width, digest }: { rectangle: PlacedBlock; width: number; digest: string }) {
  const { block, depth } = rectangle;
  const named = rectangle.width >= NAME_WIDTH && rectangle.height >= NAME_HEIGHT;
  return (
    <Link
      href={whyPath(digest, block.nodeIndex)}
      prefetch={false}
      data-tip={blockTitle(block)}
      aria-label={blockTitle(block)}
      // Only blocks with room for a name take focus: the table below reaches every item.
      tabIndex={named && depth <= 2 ? undefined : -1}
      className="absolute overflow-hidden rounded-[2px] px-1 text-left text-2xs leading-4.5 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge) hover:brightness-110 focus-visible:z-10"
      style={{
        left: `${(100 * rectangle.x) / width}%`,
        top: rectangle.y,
        width: `${(100 * rectangle.width) / width}%`,
        height: rectangle.height,
        background: nameColour(block.name),
      }}
    >
      {named ? (
        <>
          <span className="font-medium">
            <Visible text={block.name} />
          </span>{" "}
          {rectangle.width > 2 * NAME_WIDTH ? formatBytes(block.retainedSize) : null}
        </>
      ) : null}
    </Link>
  );
}
