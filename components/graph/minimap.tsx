"use client";

import { memo, type PointerEvent, type RefObject } from "react";
import { SIDES } from "#lib/display/sides.ts";
import type { GraphPicture } from "#lib/views/graph.ts";
import { extent } from "./first-view.ts";

const WIDTH = 176;
const HIGHEST = 112;
const MARGIN = 120;

interface MinimapProps {
  readonly picture: GraphPicture;
  /** The rectangle of the visible part, moved from outside, so that panning renders nothing again. */
  readonly frame: RefObject<SVGRectElement | null>;
  /** Centres this point of the drawing. */
  readonly onPick: (x: number, y: number) => void;
}

/** The whole drawing, small, with the visible part marked. For the pointer: the keyboard moves the drawing itself. */
export function Minimap({ picture, frame, onPick }: MinimapProps) {
  const { left, right, top, bottom } = extent(picture.elements);
  const width = right - left + 2 * MARGIN;
  const height = bottom - top + 2 * MARGIN;
  const scale = Math.min(WIDTH / width, HIGHEST / height);
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    onPick(left - MARGIN + (event.clientX - box.left) / scale, top - MARGIN + (event.clientY - box.top) / scale);
  };
  return (
    <svg
      aria-hidden="true"
      viewBox={`${left - MARGIN} ${top - MARGIN} ${width} ${height}`}
      width={width * scale}
      height={height * scale}
      onPointerDown={pick}
      onPointerMove={pick}
      className="absolute bottom-3 left-3 hidden cursor-crosshair touch-none rounded-md border border-line bg-raised sm:block"
    >
      <Boxes picture={picture} />
      <rect
        ref={frame}
        fill="var(--accent)"
        fillOpacity="0.12"
        stroke="var(--accent)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

const Boxes = memo(function Boxes({ picture }: { picture: GraphPicture }) {
  return picture.elements.map(({ key, kind, side, type, x, y, width, height, share }) => (
    <rect
      key={key}
      x={x - width / 2}
      y={y - height / 2}
      width={width}
      height={height}
      fill={type === "group" ? "var(--line)" : side === undefined ? `var(--kind-${kind})` : SIDES[side].colour}
      fillOpacity={type === "group" ? 1 : 0.45 + 0.55 * Math.sqrt(share)}
    />
  ));
});
