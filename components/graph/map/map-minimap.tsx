"use client";

import type { PointerEvent, RefObject } from "react";
import type { CameraPlace } from "#lib/pictures/camera-place.ts";
import type { MapScene } from "#lib/pictures/map/map-camera.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";

const WIDTH = 104;

interface MapMinimapProps {
  readonly section: MapSection;
  readonly scene: MapScene;
  /** Colours do not mean strata. */
  readonly grey: boolean;
  /** The part that is seen, moved from outside, so that panning renders nothing again. */
  readonly frame: RefObject<SVGRectElement | null>;
  readonly onPick: (place: CameraPlace) => void;
}

/** All strata, small, with the part that is seen: in the gutter, where it covers nothing. For the pointer alone. */
export function MapMinimap({ section, scene, grey, frame, onPick }: MapMinimapProps) {
  const { width, height } = scene.room;
  const small = (WIDTH * height) / width;
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { z } = scene.toPlace();
    onPick({
      z,
      x: (event.clientX - box.left) / box.width - 0.5 / z,
      y: (event.clientY - box.top) / box.height - 0.5 / z,
    });
  };
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      width={WIDTH}
      height={small}
      onPointerDown={pick}
      onPointerMove={pick}
      className="absolute bottom-3 left-3 z-2 hidden cursor-crosshair touch-none rounded-[3px] border border-line bg-ground sm:block"
    >
      {section.strata.map(({ first, share, sharesAbove, colour }) => (
        <rect
          key={first}
          x={0}
          y={sharesAbove}
          width={1}
          // A line of the ground between strata that have no colours of their own.
          height={grey ? share * 0.98 : share}
          fill={grey ? "var(--line)" : `var(--stratum-${colour})`}
        />
      ))}
      <rect
        ref={frame}
        {...frameOf(scene)}
        fill="var(--accent)"
        fillOpacity="0.15"
        stroke="var(--accent)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** The part of the whole map that is seen, as shares of it. */
function frameOf(scene: MapScene) {
  const { x, y } = scene.toPlace();
  const { room, camera, contentHeight } = scene;
  return { x, y, width: 1 / camera.zoom, height: room.height / contentHeight };
}

/** Moves the frame with the map. */
export function moveFrame(frame: SVGRectElement, scene: MapScene): void {
  for (const [name, value] of Object.entries(frameOf(scene))) frame.setAttribute(name, `${value}`);
}
