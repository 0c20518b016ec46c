import type { Pool } from "pg";
import { loadSection, type SectionShape, type ShapedSection } from "#lib/db/queries/load-section.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import { loadKeptGraph } from "../kept/graphs.ts";
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

/** Names, measures and edges of all nodes. Arrays are by node index. */
export interface MapNodes {
  readonly names: readonly string[];
  readonly versions: readonly string[];
  readonly kinds: readonly ComponentKind[];
  /** 1 for each root. */
  readonly root: Uint8Array;
  readonly closureSize: Float64Array;
  readonly retainedSize: Float64Array;
  /** The references in compressed rows: `nodes + 1` offsets, and the targets. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** What the map says about each node, and what lights up with it. Throws a GoneError if the artifact is removed meanwhile. */
export function answerMapNodes(db: Pool, artifactId: number): Promise<MapNodes> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    const { nodes, graph, retainedSize } = await loadKeptGraph(db, artifactId);
    return {
      names: nodes.map(({ name }) => name),
      versions: nodes.map(({ version }) => version),
      kinds: nodes.map(({ kind }) => kind),
      root: Uint8Array.from(nodes, ({ root }) => (root ? 1 : 0)),
      closureSize: Float64Array.from(nodes, ({ closureSize }) => closureSize),
      retainedSize,
      offsets: graph.offsets,
      targets: graph.targets,
    };
  });
}
