import "server-only";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { type FoundNode, searchNodes } from "#lib/db/queries/search-nodes.ts";
import { database } from "./database.ts";

export interface FoundArtifact {
  readonly digest: string;
  readonly name: string;
  readonly kind: "image" | "closure";
  /** Layers' content or closure, in bytes. */
  readonly bytes: number;
}

export interface SearchView {
  readonly artifacts: readonly FoundArtifact[];
  readonly nodes: readonly FoundNode[];
}

const ARTIFACT_LIMIT = 6;
const NODE_LIMIT = 20;

/** Artifacts and components whose name holds the text. */
export async function loadSearch(text: string): Promise<SearchView> {
  const db = await database();
  const [artifacts, nodes] = await Promise.all([
    listArtifacts(db, { text, sort: "name", direction: "asc", limit: ARTIFACT_LIMIT }),
    searchNodes(db, text, { limit: NODE_LIMIT }),
  ]);
  return {
    artifacts: artifacts.rows.map(({ digest, name, kind, layersContentSize, closureSize }) => ({
      digest,
      name,
      kind,
      bytes: kind === "image" ? layersContentSize : closureSize,
    })),
    nodes,
  };
}
