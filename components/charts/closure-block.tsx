import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { nameColour } from "#lib/display/colours.ts";
import { whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { DominatedNode } from "#lib/model/column.ts";
import { type BlockPicture, type PlacedBlock, placeBlocks, retainUnlisted } from "#lib/pictures/blocks.ts";
import { type Tile, TileBox, Treemap, tileStyle } from "./treemap.tsx";

const HEIGHTS = [380, 440] as const;
const HEADING = 24;
const LEVELS = 4;
/** Minimum target size in either direction, in pixels (WCAG 2.5.8), at the drawing's minimum width. */
const MIN_TARGET = 30;
/** Minimum width for a figure after the name. */
const FIGURE_WIDTH = 88;
/** Space that the text about the smaller items needs. */
const REST_WIDTH = 96;
const REST_HEIGHT = 36;

interface ClosureBlockProps {
  /** The nodes that retain most. */
  readonly nodes: readonly DominatedNode[];
  readonly bytes: number;
  /** Items of the whole closure, including the nodes. */
  readonly itemCount: number;
  /** The artifact whose pages the blocks link to; absent in a stored report, which may outlive it. */
  readonly digest?: string;
}

/** A closure as one block divided by retained size: each item's block contains what it alone retains. */
export function ClosureBlock(props: ClosureBlockProps) {
  const { nodes, bytes, digest } = props;
  return (
    <>
      <Treemap label="The closure divided by retained size." heights={HEIGHTS}>
        {(width, height) => {
          const { placed, rest } = placeBlocks({ nodes, bytes, width, height, heading: HEADING, levels: LEVELS });
          return (
            <>
              {placed.map((block) => (
                <TileBox key={block.node.nodeIndex} tile={toTile(block, digest)} whole={width} />
              ))}
              <Rest {...props} rest={rest} whole={width} />
            </>
          );
        }}
      </Treemap>
      <p className="mt-2 text-xs text-dim">{captionOf(props)}</p>
    </>
  );
}

function toTile({ node, depth, ...rectangle }: PlacedBlock, digest: string | undefined): Tile {
  const { width, height } = rectangle;
  return {
    ...rectangle,
    colour: nameColour(node.name),
    title: blockTitle(node),
    href: digest === undefined ? undefined : whyPath(digest, node.nodeIndex),
    // Only blocks of at least the minimum target size take focus.
    focusable: depth <= 2 && width >= MIN_TARGET && height >= MIN_TARGET,
    name: (
      <span className="block leading-6">
        <Visible text={node.name} className="font-medium" />{" "}
        {width > FIGURE_WIDTH ? formatBytes(node.retainedSize) : null}
      </span>
    ),
  };
}

function blockTitle({ name, version, retainedSize, selfSize }: DominatedNode): string {
  const called = labelText(version === "" ? name : `${name} ${version}`);
  return `${called}: retains ${formatBytes(retainedSize)}, self ${formatBytes(selfSize)}`;
}

function captionOf({ nodes, itemCount }: ClosureBlockProps): string {
  const rest = itemCount - nodes.length;
  const area = "Area = retained size: an item's block contains what it alone retains.";
  if (rest <= 0) return area;
  const least = nodes.reduce((bytes, { retainedSize }) => Math.min(bytes, retainedSize), Number.POSITIVE_INFINITY);
  return `${area} Shown: the ${formatCounted(nodes.length, "item")} that retain most; none of the other ${formatCount(rest)} retains more than ${formatBytes(least)}.`;
}

/** The area without blocks. Items too small to draw may also be inside others: only if none are does this area contain all of them. */
function Rest({ nodes, itemCount, rest, whole }: ClosureBlockProps & Pick<BlockPicture, "rest"> & { whole: number }) {
  if (rest === undefined) return null;
  const items = formatCounted(itemCount - nodes.length, "smaller item");
  const label = retainUnlisted(nodes)
    ? `${formatBytes(rest.bytes)} of ${items}`
    : `${items}, ${formatBytes(rest.bytes)}`;
  return (
    <p
      className="absolute overflow-hidden rounded-[2px] bg-line text-2xs leading-4"
      style={tileStyle(rest, whole)}
      data-tip={label}
    >
      {rest.width < REST_WIDTH || rest.height < REST_HEIGHT ? null : (
        <span className="block px-1.5 py-0.5">{label}</span>
      )}
    </p>
  );
}
