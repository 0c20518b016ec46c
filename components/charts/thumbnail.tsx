import type { Column } from "#lib/views/column.ts";
import { Blocks } from "./blocks.tsx";
import { mergeSmallest } from "./merge-strata.ts";
import { Strata } from "./strata.tsx";

/** Shapes one small column is drawn with at most, and the pixels that one of them needs to be seen. */
const MAX_STRATA = 48;
const LEAST_HEIGHT = 2;

interface ThumbnailProps {
  readonly column: Column;
  readonly width: number;
  readonly height: number;
  readonly live?: boolean;
}

/** The column of an artifact, small: strata for an image, a divided block for a closure. */
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
        <Blocks blocks={column.blocks} bytes={column.bytes} width={width} height={height} />
      )}
    </svg>
  );
}

function maxStrata(height: number): number {
  return Math.max(3, Math.min(MAX_STRATA, Math.floor(height / LEAST_HEIGHT)));
}
