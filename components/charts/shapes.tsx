import { createElement } from "react";
import { PATTERNS, type Shape, type ShapeGroup, type ShapeWindow } from "#lib/pictures/shapes.ts";

/** Shapes placed by lib/pictures, in an SVG picture. */
export function ShapeGroups({ groups }: { groups: readonly (ShapeGroup | ShapeWindow)[] }) {
  return groups.map(drawGroup);
}

function drawGroup(group: ShapeGroup | ShapeWindow, place: number) {
  const drawn = group.shapes.map(drawShape);
  if (!("window" in group)) {
    return (
      <g key={place} data-twin={group.twin} data-tip={group.tip}>
        {drawn}
      </g>
    );
  }
  const { x, y, width, height } = group.window;
  const viewBox = `${x} ${y} ${width} ${height}`;
  return (
    <svg key={place} {...group.window} viewBox={viewBox} preserveAspectRatio="none" opacity={group.opacity} aria-hidden>
      {drawn}
    </svg>
  );
}

function drawShape({ tag, attributes, twin }: Shape, place: number) {
  return createElement(tag, { key: place, "data-twin": twin, ...attributes });
}

/** Fills that pictures refer to by name; once per page. */
export function Patterns() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        {PATTERNS.map(({ id, size, turn, shapes }) => (
          <pattern
            key={id}
            id={id}
            width={size}
            height={size}
            patternUnits="userSpaceOnUse"
            patternTransform={turn === undefined ? undefined : `rotate(${turn})`}
          >
            {shapes.map(drawShape)}
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
