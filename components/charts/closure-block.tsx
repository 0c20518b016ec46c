import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { retainedPath, whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { sizeColours } from "#lib/display/size-colours.ts";
import type { DominatedNode } from "#lib/model/column.ts";
import { type BlockPicture, type PlacedBlock, placeBlocks, retainUnlisted } from "#lib/pictures/blocks.ts";
import { SizeLegend } from "./size-legend.tsx";
import { type Tile, TileText, Treemap } from "./treemap.tsx";

const HEIGHTS = [380, 440] as const;
const HEADING = 24;
const LEVELS = 4;
/** Minimum target size in either direction, in pixels (WCAG 2.5.8), at the drawing's minimum width. */
const MIN_TARGET = 30;
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
      <Treemap
        label="The closure divided by retained size."
        heights={HEIGHTS}
        tilesOf={(width, height) => {
          const { placed, rest } = placeBlocks({ nodes, bytes, width, height, heading: HEADING, levels: LEVELS });
          const blocks = placed.map((block) => toTile(block, digest));
          return rest === undefined ? blocks : [...blocks, toRestTile(props, rest)];
        }}
      />
      <SizeLegend
        others={props.itemCount > nodes.length ? "smaller items" : undefined}
        note="Paler: around further items."
      />
      <p className="mt-1 text-xs text-dim">
        {captionOf(props)}
        {digest === undefined ? null : (
          <>
            {" "}
            <Link href={retainedPath(digest)} prefetch={false} className="text-link">
              Zoom into it
            </Link>
          </>
        )}
      </p>
    </>
  );
}

function toTile({ node, depth, divided, ...rectangle }: PlacedBlock, digest: string | undefined): Tile {
  const { width, height } = rectangle;
  return {
    ...rectangle,
    key: node.nodeIndex,
    ...sizeColours({ alone: node.selfSize >= node.retainedSize, divided, depth }),
    title: blockTitle(node),
    href: digest === undefined ? undefined : whyPath(digest, node.nodeIndex),
    // Only blocks of at least the minimum target size take focus.
    focusable: depth <= 2 && width >= MIN_TARGET && height >= MIN_TARGET,
    name: (
      <TileText
        className="leading-6"
        name={<Visible text={node.name} className="font-medium" />}
        figure={formatBytes(node.retainedSize)}
      />
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
  const where = retainUnlisted(nodes) ? "They are inside blocks and in the grey area." : "They are the grey area.";
  return `${area} Shown: the ${formatCounted(nodes.length, "item")} that retain most; none of the other ${formatCount(rest)} retains more than ${formatBytes(least)}. ${where}`;
}

/** The area without blocks. Items too small to draw may also be inside others: only if none are does this area contain all of them. */
function toRestTile({ nodes, itemCount }: ClosureBlockProps, rest: NonNullable<BlockPicture["rest"]>): Tile {
  const items = formatCounted(itemCount - nodes.length, "smaller item");
  const title = retainUnlisted(nodes)
    ? `${formatBytes(rest.bytes)} in smaller items that no block contains`
    : `${items}, ${formatBytes(rest.bytes)}`;
  const fits = rest.width >= REST_WIDTH && rest.height >= REST_HEIGHT;
  const name = <span className="block py-0.5 leading-4 whitespace-normal text-ink">{fits ? title : null}</span>;
  return { ...rest, key: "rest", colour: "var(--size-others)", title, name };
}
