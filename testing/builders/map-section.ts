import { completeRoots } from "#lib/graph/complete-roots.ts";
import type { Graph } from "#lib/graph/graph.ts";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";
import { computeSection } from "#lib/graph/section/section.ts";
import { type MapSection, toMapSection } from "#lib/pictures/map/map-section.ts";

/** The section of a graph as a page has it. */
export function mapSectionOf(graph: Graph, selfSize: Float64Array, shape: "wide" | "tall" = "wide"): MapSection {
  const roots = completeRoots(graph, []);
  const { dominator } = computeRetainedSizes(graph, roots, selfSize);
  const { wide, tall, ...section } = computeSection({ graph, roots, selfSize, dominator });
  return toMapSection({ ...section, rectangles: shape === "wide" ? wide : tall });
}
