import type { Pool } from "pg";
import type { SectionShape, ShapedSection } from "#lib/db/queries/load-section.ts";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import { computeSection, type Section } from "#lib/graph/section/section.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { ComparedMapNodes } from "#lib/model/map-nodes.ts";
import { type Comparison, loadComparison } from "../kept/comparisons.ts";
import { whileWhole } from "../while-whole.ts";
import { toComparedNode } from "./compared-detail.ts";

export type ComparedParts = readonly [ArtifactPart, ArtifactPart];

/**
 * The section of two united graphs: a node is as large as on the right side, one that is only on the left as there. Throws a
 * GoneError if an artifact is removed meanwhile.
 */
export function answerComparedSection(db: Pool, parts: ComparedParts, shape: SectionShape): Promise<ShapedSection> {
  return whileWhole(db, parts, async () => {
    const { wide, tall, ...section } = sectionOf(await loadComparison(db, ...parts));
    return { ...section, rectangles: shape === "tall" ? tall : wide };
  });
}

/** What its map says about each node. Throws a GoneError if an artifact is removed meanwhile. */
export function answerComparedMapNodes(db: Pool, parts: ComparedParts): Promise<ComparedMapNodes> {
  return whileWhole(db, parts, async () => {
    const comparison = await loadComparison(db, ...parts);
    const { rows, united } = comparison;
    const nodes = rows.map((_, row) => toComparedNode(comparison, row));
    return {
      names: nodes.map(({ name }) => name),
      versions: nodes.map(({ version }) => version),
      kinds: nodes.map(({ kind }) => kind),
      sides: nodes.map(({ side }) => side),
      leftSize: Float64Array.from(rows, ({ left }) => left?.bytes ?? 0),
      rightSize: Float64Array.from(rows, ({ right }) => right?.bytes ?? 0),
      offsets: united.graph.offsets,
      targets: united.graph.targets,
    };
  });
}

/** Of the comparisons in memory. No scan could lay them out: it does not know what will be compared. */
const sections = new WeakMap<Comparison, Section>();

function sectionOf(comparison: Comparison): Section {
  const known = sections.get(comparison);
  if (known !== undefined) return known;
  const { rows, united, dominator } = comparison;
  const { graph, left, right } = united;
  const roots = completeRoots(graph, [...new Set([...left.roots, ...right.roots])]);
  const selfSize = Float64Array.from(rows, (row) => (row.right ?? row.left)!.bytes);
  const section = computeSection({ graph, roots, selfSize, dominator });
  sections.set(comparison, section);
  return section;
}
