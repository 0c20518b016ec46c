import type { MapScene } from "./map-camera.ts";

/** Direct neighbours of a node that are outside the room. */
export interface OutsideGroup {
  /** `up`: they need the node. `down`: it needs them. */
  readonly direction: "up" | "down";
  /** Index of their stratum. */
  readonly stratum: number;
  /** Positions, those that keep most first. */
  readonly positions: readonly number[];
}

interface Neighbours {
  readonly referrers: readonly number[];
  readonly references: readonly number[];
}

/** The neighbours that cannot be seen, by direction and stratum. */
export function outsideGroups(scene: MapScene, { referrers, references }: Neighbours): OutsideGroup[] {
  return [...groupByStratum(scene, "up", referrers), ...groupByStratum(scene, "down", references)];
}

function groupByStratum(scene: MapScene, direction: OutsideGroup["direction"], all: readonly number[]): OutsideGroup[] {
  const { stratumAt, keptSize, strata } = scene.section;
  const outside = all.filter((position) => !isSeen(scene, position));
  const groups = strata.map((_, stratum) => ({
    direction,
    stratum,
    positions: outside
      .filter((position) => stratumAt[position] === stratum)
      .sort((a, b) => keptSize[b]! - keptSize[a]! || a - b),
  }));
  return groups.filter(({ positions }) => positions.length > 0);
}

function isSeen(scene: MapScene, position: number): boolean {
  const { x, y, width, height } = scene.boxOf(position);
  return x + width > 0 && y + height > 0 && x < scene.room.width && y < scene.room.height;
}
