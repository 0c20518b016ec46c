import { nameColour } from "#lib/display/colours.ts";
import type { Column } from "#lib/model/column.ts";
import { placeBlocks } from "#lib/pictures/blocks.ts";
import { mergeSmallest } from "#lib/pictures/merge-strata.ts";
import { Strata } from "./strata.tsx";

/** Shapes one small column is drawn with at most, and the pixels that one of them needs to be seen. */
const MAX_STRATA = 48;
const MIN_HEIGHT = 2;

interface ThumbnailProps {
  readonly column: Column;
  readonly width: number;
  readonly height: number;
  readonly live?: boolean;
}

/** The column of an artifact, small: strata for an image, a block divided by retained size for a closure. */
export function Thumbnail({ column, width, height, live = false }: ThumbnailProps) {
  return (
    <svg width={width} height={height} aria-hidden="true" className="block overflow-hidden rounded-[2px]">
      {column.kind === "image" ? (
        <Strata
          strata={mergeSmallest(column.strata, maxStrata(height))}
          width={width}
          height={height}
          minimum={1.5}
          live={live}
        />
      ) : (
        <Blocks column={column} width={width} height={height} />
      )}
    </svg>
  );
}

function maxStrata(height: number): number {
  return Math.max(3, Math.min(MAX_STRATA, Math.floor(height / MIN_HEIGHT)));
}

type BlocksProps = Pick<ThumbnailProps, "width" | "height"> & { column: Extract<Column, { kind: "closure" }> };

function Blocks({ column: { nodes, bytes }, width, height }: BlocksProps) {
  const { placed } = placeBlocks({ nodes, bytes, width, height, heading: 0, levels: 2 });
  return (
    <>
      <rect width={width} height={height} fill="var(--rock-unique)" />
      {placed.map(({ node, depth, ...rectangle }) => (
        <rect key={node.nodeIndex} {...rectangle} fill={nameColour(node.name)} fillOpacity={depth === 1 ? 0.75 : 1} />
      ))}
    </>
  );
}
