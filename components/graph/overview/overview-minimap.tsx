import type { PointerEvent } from "react";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import type { OverviewCamera } from "./overview-camera.ts";

const HEIGHT = 40;

interface OverviewMinimapProps {
  readonly placed: PlacedOverview;
  readonly camera: OverviewCamera;
  /** Centres this point of the drawing, in shares. */
  readonly onPick: (x: number, y: number) => void;
}

/** The whole drawing, small, in the legend's line: it covers nothing. Only if a part is seen. For the pointer. */
export function OverviewMinimap({ placed, camera, onPick }: OverviewMinimapProps) {
  if (camera.place.z <= 1.02) return null;
  const { x, y, width, height } = camera.view;
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    onPick((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  };
  return (
    <svg
      aria-hidden="true"
      data-testid="overview-minimap"
      viewBox={`0 0 ${placed.width} ${placed.height}`}
      width={(HEIGHT * placed.width) / placed.height}
      height={HEIGHT}
      onPointerDown={pick}
      onPointerMove={pick}
      className="cursor-crosshair touch-none rounded-sm border border-line bg-raised"
    >
      {[...placed.boxes, ...placed.groups].map((box) => (
        <rect
          key={`${box.x} ${box.y}`}
          x={box.x}
          y={box.y}
          width={box.width}
          height={box.height}
          fill="var(--line-strong)"
        />
      ))}
      <rect
        {...{ x, y, width, height }}
        fill="var(--accent)"
        fillOpacity="0.14"
        stroke="var(--accent)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
