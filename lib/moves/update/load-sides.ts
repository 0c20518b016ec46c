import type { Pool } from "pg";
import { computeDependents } from "#lib/analysis/dependents.ts";
import { loadPartComponents, loadPartGraph, loadPartHoldings } from "#lib/answers/parts.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { Families } from "../lineage/load-families.ts";
import type { Side, SideBase } from "./side.ts";

/** These artifacts, or parts of them, with what the models count. */
export async function loadSides(db: Pool, families: Families, parts: readonly ArtifactPart[]): Promise<Side[]> {
  const [holdings, components, graphs] = await Promise.all([
    loadPartHoldings(db, parts),
    loadPartComponents(db, parts),
    Promise.all(parts.map((part) => loadPartGraph(db, part))),
  ]);
  return parts.map((part, i) => ({
    holding: holdings[i]!,
    components: components[i]!,
    listDependents: (nodes) => computeDependents(graphs[i]!.graph.reversed, nodes),
    base: findBase(families, part.id),
  }));
}

/** The base of an image, if all its layers are in it. */
function findBase({ rows, images, bases }: Families, artifactId: number): SideBase | null {
  const at = rows.findIndex(({ id }) => id === artifactId);
  const base = images[bases[at] ?? -1];
  if (base === undefined || base.layerCount === 0 || images[at]!.sharedLayers !== base.layerCount) return null;
  return { id: base.id, layerCount: base.layerCount };
}
