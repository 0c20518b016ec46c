import { PackedColumns } from "#lib/exports/packed-columns.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { MapNodes } from "#lib/model/map-nodes.ts";
import { type MapSection, type SentSection, toMapSection } from "#lib/pictures/map/map-section.ts";

/** The places of all nodes: what the first picture needs. `url`: of the artifact's map. */
export async function loadMapSection(url: string, shape: "wide" | "tall"): Promise<MapSection> {
  const packed = await fetchColumns(`${url}/section?shape=${shape}`);
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
export async function loadMapNodes(url: string): Promise<MapNodes> {
  const packed = await fetchColumns(`${url}/nodes`);
  const { kinds } = packed.about as { readonly kinds: readonly ComponentKind[] };
  return {
    names: packed.texts("names"),
    versions: packed.texts("versions"),
    kinds: Array.from(packed.uint8("kind"), (kind) => kinds[kind]!),
    closureSize: packed.float64("closureSize"),
    retainedSize: packed.float64("retainedSize"),
    offsets: packed.int32("offsets"),
    targets: packed.int32("targets"),
  };
}

async function fetchColumns(url: string): Promise<PackedColumns> {
  const response = await fetch(url);
  if (!response.ok) throw new Error((await response.text()).trim() || `status ${response.status}`);
  return new PackedColumns(await response.arrayBuffer());
}
