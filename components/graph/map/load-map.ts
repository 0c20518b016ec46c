import { PackedColumns } from "#lib/exports/packed-columns.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { AnyMapNodes } from "#lib/model/map-nodes.ts";
import type { OverviewSide } from "#lib/model/overview.ts";
import { type MapSection, type SentSection, toMapSection } from "#lib/pictures/map/map-section.ts";

/** Where a map is loaded from: the places of its nodes for either shape of window, and what is known of each. */
export interface MapUrls {
  readonly wide: string;
  readonly tall: string;
  readonly nodes: string;
}

/** The places of all nodes: what the first picture needs. */
export async function loadMapSection(url: string): Promise<MapSection> {
  const packed = await fetchColumns(url);
  const about = packed.about as Pick<SentSection, "strata" | "startCount">;
  return toMapSection({
    strata: about.strata,
    startCount: about.startCount,
    nodeAt: packed.int32("nodeAt"),
    endOf: packed.int32("endOf"),
    reach: packed.int32("reach"),
    selfSize: packed.float64("selfSize"),
    above: packed.int32("above"),
    rectangles: packed.float32("rectangles"),
  });
}

/** Names, measures and edges. */
export async function loadMapNodes(url: string): Promise<AnyMapNodes> {
  const packed = await fetchColumns(url);
  const { kinds, sides } = packed.about as MapAbout;
  const named = {
    names: packed.texts("names"),
    versions: packed.texts("versions"),
    kinds: Array.from(packed.uint8("kind"), (kind) => kinds[kind]!),
    offsets: packed.int32("offsets"),
    targets: packed.int32("targets"),
  };
  if (sides === undefined)
    return { ...named, closureSize: packed.float64("closureSize"), retainedSize: packed.float64("retainedSize") };
  return {
    ...named,
    sides: Array.from(packed.uint8("side"), (side) => sides[side]!),
    leftSize: packed.float64("leftSize"),
    rightSize: packed.float64("rightSize"),
  };
}

interface MapAbout {
  readonly kinds: readonly ComponentKind[];
  readonly sides?: readonly OverviewSide[];
}

async function fetchColumns(url: string): Promise<PackedColumns> {
  const response = await fetch(url);
  if (!response.ok) throw new Error((await response.text()).trim() || `status ${response.status}`);
  return new PackedColumns(await response.arrayBuffer());
}
