import type { Pool } from "pg";
import { loadMapNodes } from "#lib/db/queries/load-map-nodes.ts";
import { loadSection, type SectionShape, type ShapedSection } from "#lib/db/queries/load-section.ts";
import type { MapNodes } from "#lib/model/map-nodes.ts";
import { whileWhole } from "../while-whole.ts";

export type { SectionShape, ShapedSection } from "#lib/db/queries/load-section.ts";

/**
 * The section of an artifact's graph with the rectangles for one shape of window: all that the first picture needs but its names.
 * Throws a GoneError if the artifact is removed meanwhile.
 */
export function answerSection(db: Pool, artifactId: number, shape: SectionShape): Promise<ShapedSection> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const section = await loadSection(db, artifactId, shape);
    if (section === undefined)
      throw new Error(`artifact ${artifactId} has no section: run stratigraph migrate --rebuild`);
    return section;
  });
}

/** What the map says about each node, and what lights up with it. Throws a GoneError if the artifact is removed meanwhile. */
export function answerMapNodes(db: Pool, artifactId: number): Promise<MapNodes> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const nodes = await loadMapNodes(db, artifactId);
    if (nodes === undefined) throw new Error(`artifact ${artifactId} has no graph: run stratigraph migrate --rebuild`);
    return nodes;
  });
}
