import Link from "next/link";
import { layBlocks, type PlacedBlock } from "#components/charts/block-geometry.ts";
import { blockTitle } from "#components/charts/blocks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { nameColour } from "#lib/display/colours.ts";
import { whyPath } from "#lib/display/paths.ts";
import type { Block } from "#lib/views/column.ts";

const WIDTH = 1200;
const HEIGHT = 380;
const NARROW_WIDTH = 360;
const NARROW_HEIGHT = 440;
const HEADING = 24;
const LEVELS = 4;
const NAME_WIDTH = 44;
const NAME_HEIGHT = 18;
const PADDING = 4;
/** What a target needs in either direction, in pixels (WCAG 2.5.8), at the width that the drawing has at least. */
const TARGET = 30;
/** Room that the words about the smaller items need. */
const REST_WIDTH = 96;
const REST_HEIGHT = 36;

interface ClosureBlockProps {
  readonly blocks: readonly Block[];
  readonly bytes: number;
  /** Items of the whole closure, those among the blocks included. */
  readonly itemCount: number;
  readonly digest: string;
}

/** A closure as one block divided by retained size: what each item alone keeps lies inside it. */
export function ClosureBlock(props: ClosureBlockProps) {
  return (
    <>
      <Drawing {...props} width={WIDTH} height={HEIGHT} className="hidden sm:block" />
      <Drawing {...props} width={NARROW_WIDTH} height={NARROW_HEIGHT} className="sm:hidden" />
      <p className="mt-2 text-xs text-dim">{captionOf(props)}</p>
    </>
  );
}

function captionOf({ blocks, itemCount }: ClosureBlockProps): string {
  const drawn = flatten(blocks);
  const rest = itemCount - drawn.length;
  const area = "Area by retained size: inside an item lies what it alone keeps.";
  if (rest <= 0) return area;
  const least = drawn.reduce((bytes, { retainedSize }) => Math.min(bytes, retainedSize), Number.POSITIVE_INFINITY);
  return `${area} These are the ${formatCounted(drawn.length, "item")} that retain most; none of the other ${formatCount(rest)} retains more than ${formatBytes(least)}.`;
}

/** Blocks and all that is inside them; without recursion, for a chain of dominators may be as long as the closure. */
function flatten(blocks: readonly Block[]): Block[] {
  const flat = [...blocks];
  for (let i = 0; i < flat.length; i++) for (const child of flat[i]!.children) flat.push(child);
  return flat;
}

/** What lies where no block does. Items too small to be drawn may lie inside others, too: only where none do is this all of them. */
function restLabel({ blocks, itemCount }: ClosureBlockProps, bytes: number): string {
  const listed = flatten(blocks);
  const hidden = listed.some(
    ({ retainedSize, selfSize, children }) =>
      children.reduce((sum, child) => sum + child.retainedSize, selfSize) < retainedSize,
  );
  const items = formatCounted(itemCount - listed.length, "smaller item");
  return hidden ? `${formatBytes(bytes)} of ${items}` : `${items}, ${formatBytes(bytes)}`;
}

interface DrawingProps extends ClosureBlockProps {
  readonly width: number;
  readonly height: number;
  readonly className: string;
}

// Positions in percent of a fixed drawing: the browser stretches it, and nothing is laid out while a person waits.
function Drawing({ width, height, className, ...props }: DrawingProps) {
  const { blocks, bytes, digest } = props;
  const { placed, rest } = layBlocks({ blocks, bytes, width, height, heading: HEADING, levels: LEVELS });
  return (
    <section
      className={`relative overflow-hidden rounded-[3px] ${className}`}
      style={{ height }}
      aria-label="The closure divided by retained size. The table below says the same."
    >
      {placed.map((rectangle) => (
        <BlockLink key={rectangle.block.nodeIndex} rectangle={rectangle} width={width} digest={digest} />
      ))}
      {rest === undefined ? null : (
        <p
          className="absolute overflow-hidden rounded-[2px] bg-line text-2xs leading-4"
          style={{
            left: `${(100 * rest.x) / width}%`,
            top: rest.y,
            width: `${(100 * rest.width) / width}%`,
            height: rest.height,
          }}
          data-tip={restLabel(props, rest.bytes)}
        >
          {rest.width < REST_WIDTH || rest.height < REST_HEIGHT ? null : (
            <span className="block px-1.5 py-0.5">{restLabel(props, rest.bytes)}</span>
          )}
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
      // Where the name is written, what is heard begins with what is seen (WCAG 2.5.3).
      aria-label={named ? undefined : blockTitle(block)}
      // Only blocks with room for a name and for a finger take focus: the table below reaches every item.
      tabIndex={named && depth <= 2 && isTarget(rectangle) ? undefined : -1}
      className="absolute overflow-hidden rounded-[2px] text-left text-2xs leading-6 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge) hover:brightness-110 focus-visible:z-10"
      style={{
        left: `${(100 * rectangle.x) / width}%`,
        top: rectangle.y,
        width: `${(100 * rectangle.width) / width}%`,
        height: rectangle.height,
        background: nameColour(block.name),
        // Without words no padding: it would make a thin block thicker than the one around it.
        paddingInline: named ? PADDING : 0,
      }}
    >
      {named ? (
        <>
          <span className="font-medium">
            <Visible text={block.name} />
          </span>{" "}
          {rectangle.width > 2 * NAME_WIDTH ? formatBytes(block.retainedSize) : null}
          <span className="sr-only"> {blockTitle(block)}</span>
        </>
      ) : null}
    </Link>
  );
}

function isTarget({ width, height }: PlacedBlock): boolean {
  return width >= TARGET && height >= TARGET;
}
