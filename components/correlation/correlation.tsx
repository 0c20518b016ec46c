import { ShapeGroups } from "#components/charts/shapes.tsx";
import type { CorrelationPicture } from "#lib/pictures/correlation/picture.ts";

/** The picture of a comparison: columns of strata with bands joining what is the same. Stretches to the given width. */
export function Correlation({ picture, label }: { picture: CorrelationPicture; label: string }) {
  const { width, height, groups } = picture;
  return (
    <svg
      role="img"
      aria-label={`${label} as columns of strata, with bands for shared content. The tables below have the same data.`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      <ShapeGroups groups={groups} />
    </svg>
  );
}
