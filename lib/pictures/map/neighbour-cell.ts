import type { MapScene } from "./map-camera.ts";
import { listFrames } from "./map-section.ts";

export type Direction = "left" | "right" | "up" | "down";

const STEPS: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** The node beside another in a direction, as deep in frames or less deep, but not around it; −1 at the edge of the map. */
export function neighbourCell(scene: MapScene, position: number, direction: Direction): number {
  const { x, y, width, height } = scene.boxOf(position);
  const [stepX, stepY] = STEPS[direction];
  const around = listFrames(scene.section, position);
  const reach = scene.contentHeight + scene.room.width * scene.camera.zoom;
  for (let distance = 0.5; distance < reach; distance *= 1.5) {
    const atX = x + width / 2 + stepX * (width / 2 + distance);
    const atY = y + height / 2 + stepY * (height / 2 + distance);
    const frames = listFrames(scene.section, scene.pick(atX, atY, 0));
    const found = frames[Math.min(around.length, frames.length) - 1];
    if (found !== undefined && !around.includes(found)) return found;
  }
  return -1;
}
