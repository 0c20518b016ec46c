import type { Column } from "#lib/views/column.ts";
import { Blocks } from "./blocks.tsx";
import { Strata } from "./strata.tsx";

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
        <Strata strata={column.strata} width={width} height={height} minimum={1.5} live={live} />
      ) : (
        <Blocks blocks={column.blocks} bytes={column.bytes} width={width} height={height} />
      )}
    </svg>
  );
}
