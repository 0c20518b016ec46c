import { ShapeGroups } from "#components/charts/shapes.tsx";
import type { CorrelationPicture } from "#lib/pictures/correlation/picture.ts";

/** The picture of a comparison: columns of strata with bands joining what is the same. Stretches to the width it is given. */
export function Correlation({ picture, label }: { picture: CorrelationPicture; label: string }) {
  const { width, height, groups } = picture;
  return (
    <svg
      role="img"
      aria-label={`${label} as columns of strata, joined where they are the same. The tables below say the same.`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      <ShapeGroups groups={groups} />
    </svg>
  );
}
