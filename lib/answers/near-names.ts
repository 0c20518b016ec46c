import type { Pool } from "pg";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadKeptGraph } from "./kept/graphs.ts";
import { findNodeIndex, type NodeName } from "./why.ts";

export interface NearNames {
  /** Of what the names are: of artifacts, if none is called what was asked, else of components of the one that is. */
  readonly of: "artifact" | "component";
  /** Names of artifacts, or ids of components; the most similar first. */
  readonly names: readonly string[];
}

/** Names like those of an artifact, or of a component in it, that do not exist: what the command line suggests for them. */
export async function answerNearNames(db: Pool, artifact: string, component?: NodeName): Promise<NearNames> {
  const found = await orSuggestions(findArtifact(db, artifact));
  if (Array.isArray(found)) return { of: "artifact", names: found };
  if (component === undefined) return { of: "artifact", names: [] };
  const { nodes } = await loadKeptGraph(db, found.id);
  const node = await orSuggestions((async () => findNodeIndex(nodes, component))());
  return { of: "component", names: Array.isArray(node) ? node : [] };
}

async function orSuggestions<Found>(found: Promise<Found>): Promise<Found | string[]> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof UsageError) return [...error.suggestions];
    throw error;
  }
}
